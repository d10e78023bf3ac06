import { PassThrough, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
  identity: () => new PassThrough(),
};

/**
 * Reads a body, decoding what `content-encoding` names, and stops at `maxBytes` decoded bytes. An encoding nobody knows, or a
 * body that ends early, gives what could be read.
 */
export async function readBody(
  source: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<{ body: Uint8Array; truncated: boolean }> {
  const names = (encoding ?? '').split(',').map((name) => name.trim().toLowerCase());
  let stream: Readable = source;
  const chain: Readable[] = [source];
  for (const name of names.filter((one) => one !== '').reverse()) {
    const decoder = DECODERS[name];
    if (decoder === undefined) break;
    const next = decoder();
    stream.on('error', (error) => next.destroy(error));
    stream = stream.pipe(next);
    chain.push(stream);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  let truncated = false;
  try {
    for await (const chunk of stream) {
      const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      chunks.push(bytes + part.length > maxBytes ? part.subarray(0, maxBytes - bytes) : part);
      bytes += part.length;
      if (bytes > maxBytes) {
        truncated = true;
        break;
      }
    }
  } catch (error) {
    if (chunks.length === 0 || source.errored !== null) throw error;
    truncated = true;
  } finally {
    for (const part of chain) part.destroy();
  }
  return { body: Buffer.concat(chunks), truncated };
}
