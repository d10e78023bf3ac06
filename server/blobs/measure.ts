import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { BlobMismatch, type Expected } from './store.ts';

export interface Measured extends Expected {
  crc32: number;
}

/** Passes a stream through while counting and hashing it; `result` is complete once the stream has ended. */
export function measure(source: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let bytes = 0;
  let crc = 0;
  async function* stream(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      crc = crc32(chunk, crc);
      bytes += chunk.byteLength;
      yield chunk;
    }
  }
  return { stream: stream(), result: (): Measured => ({ bytes, sha256: hash.digest('hex'), crc32: crc }) };
}

/** Throws `BlobMismatch` when a measured stream is not what was announced. */
export function requireExpected(measured: Expected, expected: Expected | undefined): void {
  if (expected && (expected.bytes !== measured.bytes || expected.sha256 !== measured.sha256)) throw new BlobMismatch();
}
