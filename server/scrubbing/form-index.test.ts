import { describe, expect, it } from 'vitest';
import { FormIndex, type IndexedForm } from './form-index.ts';
import { replaceKnown } from './propagate.ts';

const createForm = (written: string, entry: number, extra: Partial<IndexedForm> = {}): IndexedForm => ({
  written,
  replacement: `<${entry}>`,
  bounded: false,
  least: written.length,
  entry,
  ...extra,
});

const replace = (text: string, forms: IndexedForm[]): string =>
  replaceKnown(text, new FormIndex(forms), () => undefined);

describe('FormIndex', () => {
  it('finds the same places as a plain search over many texts', () => {
    let state = 5;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % limit;
    };
    const word = (length: number): string => Array.from({ length }, () => 'abc'[next(3)] ?? 'a').join('');
    for (let round = 0; round < 200; round++) {
      const forms = Array.from({ length: 1 + next(12) }, (_, entry) => createForm(word(6 + next(9)), entry));
      const text = word(300);
      const expected = new Set<number>();
      for (let at = 0; at < text.length; at++) {
        if (forms.some(({ written }) => text.startsWith(written, at))) expected.add(at);
      }
      const found = new Set(new FormIndex(forms).find(text).map(({ start }) => start));
      expect(found).toEqual(expected);
    }
  });

  it('takes the longest form, joins overlapping ones and treats replacement text as plain', () => {
    const forms = [createForm('abcdefgh', 0), createForm('abcdefghijkl', 1), createForm('ijklmnopqr', 2)];
    expect(replace('x abcdefghijkl y', forms)).toBe('x <1> y');
    expect(replace('abcdefghijklmnopqr.', forms)).toBe('<1><2>.');
    expect(replace('abcdefgh', [createForm('abcdefgh', 0, { replacement: '$& $1' })])).toBe('$& $1');
  });

  it('minds word boundaries where a form asks for them, and escapes before it', () => {
    const forms = [createForm('s3cret99', 0, { bounded: true })];
    expect(replace('xs3cret99 s3cret99x', forms)).toBe('xs3cret99 s3cret99x');
    expect(replace('\\ns3cret99 %3Ds3cret99 \\u003ds3cret99', forms)).toBe('\\n<0> %3D<0> \\u003d<0>');
  });

  it('replaces a value that was cut short, not shorter than asked', () => {
    const forms = [createForm('53PcYsWvz12Cu6S0PGy7TBCT', 0, { least: 12, replacement: 'rdx_aaaaaaaaaaaaaaaaaaaa' })];
    expect(replace('token 53PcYsWvz12Cu6 … 53PcYsWvz1', forms)).toBe('token rdx_aaaaaaaaaa … 53PcYsWvz1');
  });
});
