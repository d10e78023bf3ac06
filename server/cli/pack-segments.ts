import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { SegmentLine } from '#shared/capture.ts';

export interface PackedSegment {
  n: number;
  packed: Uint8Array<ArrayBuffer>;
  /** Hexadecimal. */
  sha256: string;
  /** `Content-Digest`. */
  digest: string;
}

/** So far any text packs small enough whatever it is: gzip never adds more than a thousandth. */
const GROUP_BYTES = 1_900_000;
const pack = promisify(gzip);

/** Lines as gzip segments within the server's limits, one at a time. A line above `GROUP_BYTES` is a segment of its own. */
export async function* packSegments(lines: Iterable<SegmentLine>): AsyncGenerator<PackedSegment> {
  let texts: string[] = [];
  let bytes = 0;
  let n = 0;
  const close = async (): Promise<PackedSegment> => {
    const packed = Uint8Array.from(await pack(texts.join('')));
    const hash = createHash('sha256').update(packed).digest();
    texts = [];
    bytes = 0;
    return { n: n++, packed, sha256: hash.toString('hex'), digest: `sha-256=:${hash.toString('base64')}:` };
  };
  for (const line of lines) {
    const text = `${JSON.stringify(line)}\n`;
    const size = Buffer.byteLength(text);
    if (bytes > 0 && bytes + size > GROUP_BYTES) yield await close();
    texts.push(text);
    bytes += size;
  }
  if (bytes > 0) yield await close();
}
