import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { captureLimits, segmentLineSchema, type HarLine } from '#shared/capture.ts';
import { joinHar, splitHar } from '#shared/har-lines.ts';
import { packSegments } from './pack-segments.ts';

/** Text that packs badly, of one-, two- and four-byte letters and characters that JSON writes as six. */
const makeText = (length: number): string => {
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const letters = ['a', 'ß', '\u0001', '"', '字', '😀'];
  return Array.from({ length }, () => letters[next(letters.length)] ?? 'a').join('');
};

it('keeps every segment within the limits and loses nothing', async () => {
  const text = makeText(3_000_000);
  const lines: HarLine[] = [];
  let expected = 0;
  for await (const { n, packed, sha256, digest } of packSegments(splitHar(text, 300_000))) {
    expect(n).toBe(expected++);
    expect(packed.length).toBeLessThanOrEqual(captureLimits.segmentBytes);
    expect(sha256).toBe(createHash('sha256').update(packed).digest('hex'));
    expect(digest).toBe(`sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
    const expanded = gunzipSync(packed);
    expect(expanded.length).toBeLessThanOrEqual(captureLimits.segmentExpandedBytes);
    for (const line of expanded.toString().trimEnd().split('\n')) {
      const parsed = segmentLineSchema.parse(JSON.parse(line));
      if (parsed.k === 'har') lines.push(parsed);
    }
  }
  expect(expected).toBeGreaterThan(3);
  expect(joinHar(lines) === text).toBe(true);
});

it('makes no segment of nothing', async () => {
  const segments = [];
  for await (const segment of packSegments([])) segments.push(segment);
  expect(segments).toEqual([]);
});
