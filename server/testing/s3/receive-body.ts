import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import { S3Error } from './sigv4.ts';

const crcText = (bytes: Uint8Array): string => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(crc32(bytes) >>> 0);
  return buffer.toString('base64');
};

/** Reads a body and checks what was announced of it: length, signed SHA-256, CRC32. No aws-chunked, as in older stores. */
export async function receiveBody(request: IncomingMessage, payload: string): Promise<Buffer> {
  const { headers } = request;
  if (payload.startsWith('STREAMING-')) throw new S3Error('NotImplemented', 501);
  if (headers['content-length'] === undefined) throw new S3Error('MissingContentLength', 411);
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.length !== Number(headers['content-length'])) throw new S3Error('IncompleteBody', 400);
  const announced = headers['x-amz-checksum-crc32'];
  if (announced !== undefined && announced !== crcText(bytes)) throw new S3Error('BadDigest', 400);
  if (/^[0-9a-f]{64}$/.test(payload) && createHash('sha256').update(bytes).digest('hex') !== payload)
    throw new S3Error('XAmzContentSHA256Mismatch', 400);
  return bytes;
}
