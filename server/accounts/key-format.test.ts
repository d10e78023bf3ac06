import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { randomBase62, toBase62 } from './base62.ts';
import { hashSecret, makeKey, readKeyLookup, sameHash } from './key-format.ts';

describe('API keys', () => {
  it('have the documented form and their own look-up part', () => {
    const key = makeKey(randomBytes);
    expect(key).toMatch(/^rec_live_[0-9A-Za-z]{35}_[0-9A-Za-z]{6}$/);
    expect(readKeyLookup(key)).toBe(key.slice(9, 17));
  });

  it('are told from mistyped ones by the checksum', () => {
    const key = makeKey(randomBytes);
    for (let i = 9; i < key.length; i++) {
      const other = key[i] === 'a' ? 'b' : 'a';
      expect(readKeyLookup(key.slice(0, i) + other + key.slice(i + 1)), `digit ${i}`).toBeNull();
    }
    for (const text of ['', 'rec_live_', key.slice(1), `${key} `, key.replace('live', 'test')]) {
      expect(readKeyLookup(text)).toBeNull();
    }
  });

  it('repeat nothing in a hundred thousand', () => {
    const seen = new Set(Array.from({ length: 100_000 }, () => randomBase62(22, randomBytes)));
    expect(seen.size).toBe(100_000);
  });

  it('use every digit about equally often', () => {
    let counter = 0;
    const stream = (size: number): Uint8Array => {
      const bytes = new Uint8Array(size);
      for (let i = 0; i < size; i += 32)
        bytes.set(
          createHash('sha256')
            .update(`${counter++}`)
            .digest()
            .subarray(0, Math.min(32, size - i)),
          i,
        );
      return bytes;
    };
    const counts = new Map<string, number>();
    for (const digit of randomBase62(620_000, stream)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    expect(counts.size).toBe(62);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(110);
  });

  it('are stored as a keyed hash', () => {
    const pepper = randomBytes(32);
    const key = makeKey(randomBytes);
    expect(sameHash(hashSecret(key, pepper), hashSecret(key, pepper))).toBe(true);
    expect(sameHash(hashSecret(key, pepper), hashSecret(key, randomBytes(32)))).toBe(false);
    expect(sameHash(hashSecret(key, pepper), new Uint8Array(3))).toBe(false);
  });

  it('write numbers in base62', () => {
    expect([toBase62(0, 2), toBase62(61, 1), toBase62(62, 1), toBase62(0xffffffff, 6)]).toEqual([
      '00',
      'z',
      '10',
      '4gfFC3',
    ]);
  });
});
