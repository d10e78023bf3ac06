import { describe, expect, it } from 'vitest';
import { matchProvider } from './match-provider.ts';
import { PROVIDER_FORMATS, type TokenAlphabet } from './provider-formats.ts';

const SAMPLE: Readonly<Record<TokenAlphabet, string>> = {
  alnum: 'a1B2c3D4e5F6g7H8',
  upper: 'A2B3C4D5E6F7G2H3',
  hex: 'a1b2c3d4e5f60718',
  digits: '1029384756',
  word: 'a1B2c3D4e5F6g7H8',
  'word-dot': 'a1B2c3D4e5F6g7H8',
  base64: 'a1B2c3D4e5F6g7H8',
};

describe('PROVIDER_FORMATS', () => {
  it('lists every prefix once for an alphabet and a length', () => {
    const keys = PROVIDER_FORMATS.map(({ prefix, alphabet, min }) => `${prefix} ${alphabet} ${min}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(PROVIDER_FORMATS.map((format) => [`${format.provider} ${format.prefix}`, format] as const))(
    'finds a token of %s between other text, and not the prefix alone',
    (_, { prefix, alphabet, min }) => {
      const token = prefix + SAMPLE[alphabet].repeat(Math.ceil(min / SAMPLE[alphabet].length)).slice(0, min);
      const text = `x "${token}" y`;
      expect(matchProvider(text, 3)?.length).toBe(token.length);
      expect(matchProvider(`x "${prefix}" y`, 3)).toBeNull();
    },
  );
});
