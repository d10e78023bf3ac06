import { describe, expect, it } from 'vitest';
import { BODY_PART_CHARS, harLineSchema } from './capture.ts';
import { joinHar, splitHar } from './har-lines.ts';

describe('the pieces of a HAR', () => {
  it.each(['', 'a', 'ab', 'abcdefg', '😀😀😀', 'a😀b😀'])('give %j again at any size', (text) => {
    for (let chars = 2; chars < 9; chars++) {
      const lines = splitHar(text, chars);
      for (const line of lines) {
        expect(harLineSchema.parse(line)).toEqual(line);
        expect(line.data.isWellFormed()).toBe(true);
      }
      expect(joinHar(lines)).toBe(text);
    }
  });

  it('are at most as long as a line may be', () => {
    const lines = splitHar('x'.repeat(BODY_PART_CHARS * 2 + 1));
    expect(lines.map(({ data }) => data.length)).toEqual([BODY_PART_CHARS, BODY_PART_CHARS, 1]);
  });

  it('are refused when one is missing, repeated or out of order', () => {
    const [a, b, c] = splitHar('abcdef', 2);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three pieces were expected');
    for (const lines of [[], [a], [a, b], [b, c], [a, c, b], [a, a, b, c], [a, b, c, c]]) {
      expect(() => joinHar(lines)).toThrow(/HAR/);
    }
  });
});
