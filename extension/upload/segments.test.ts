import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { countForSegment, freezeSegment, packLines, SEGMENT_BYTES, SEGMENT_LINES } from './segments.ts';

it('freezes chunks into gzip lines whose digest is that of the bytes', async () => {
  const { chunks } = packLines([{ k: 'a', text: 'ü\n' }, { k: 'b' }]);
  const segment = await freezeSegment(3, chunks);
  expect(gunzipSync(segment.data).toString()).toBe('{"k":"a","text":"ü\\n"}\n{"k":"b"}\n');
  expect(segment).toMatchObject({ n: 3, bytes: segment.data.length, expandedBytes: 34 });
  expect(segment.sha256).toBe(createHash('sha256').update(segment.data).digest('hex'));
  expect(segment.digest).toBe(createHash('sha256').update(segment.data).digest('base64'));
});

it('packs lines into chunks of at most a segment, one line at least, in order', () => {
  const lines = [300_000, 600_000, 200_000, 2_500_000, 10].map((length) => 'x'.repeat(length));
  const { chunks, tooLong } = packLines(lines);
  expect(chunks.map((chunk) => chunk.lines)).toEqual([2, 1, 1, 1]);
  expect(chunks.map(({ text }) => text).join('')).toBe(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect(tooLong).toBe(0);
});

it('counts, and leaves out, a line that no segment could hold', () => {
  const { chunks, tooLong } = packLines(['x'.repeat(5_000_000), 'y']);
  expect([chunks.length, tooLong]).toEqual([1, 1]);
});

it('closes a segment when it is large enough, or when told to', () => {
  const chunk = (bytes: number, lines = 1) => ({ bytes, lines });
  expect(countForSegment([], true)).toBe(0);
  expect(countForSegment([chunk(10)], false)).toBe(0);
  expect(countForSegment([chunk(10), chunk(10)], true)).toBe(2);
  expect(countForSegment([chunk(10, SEGMENT_LINES), chunk(10)], false)).toBe(1);
  expect(countForSegment([chunk(SEGMENT_BYTES - 5), chunk(10)], false)).toBe(1);
  expect(countForSegment([chunk(3 * SEGMENT_BYTES), chunk(10)], true)).toBe(1);
});
