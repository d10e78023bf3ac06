import { gunzipSync } from 'node:zlib';
import type { z } from 'zod';
import { captureLineSchema, harLineSchema, type CaptureLine } from '#shared/capture.ts';
import { joinHar } from '#shared/har-lines.ts';
import type { BlobStore } from '../blobs/store.ts';
import { AppError } from '../errors.ts';
import { asRaw, type Raw } from '../scrubbing/brand.ts';
import type { Vault } from '../scrubbing/vault.ts';
import type { CaptureSource } from './step.ts';

/** A segment as stored: encrypted under its name, gzip inside. */
export interface StoredSegment {
  n: number;
  blobKey: string;
  /** Size once expanded, as counted when it came in; no segment expands to more. */
  expandedBytes: number;
}

/** The name a segment is bound to in the vault. */
export const segmentName = (n: number): string => `segment-${n}`;

async function fetchSegment(blobs: BlobStore, vault: Vault, segment: StoredSegment): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of vault.decrypt(segmentName(segment.n), await blobs.get(segment.blobKey))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const expand = (packed: Buffer, segment: StoredSegment): Buffer =>
  gunzipSync(packed, { maxOutputLength: Math.max(1, segment.expandedBytes) });

function parseLine<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new AppError('INVALID_SEGMENT', 'A line of the recording has a form that this version does not know.');
  }
}

function* textsOf(packed: readonly Buffer[], segments: readonly StoredSegment[]): Generator<string> {
  for (const [index, segment] of segments.entries()) {
    const bytes = packed[index];
    if (!bytes) continue;
    const text = expand(bytes, segment).toString('utf8');
    for (let at = 0; at < text.length;) {
      const found = text.indexOf('\n', at);
      const end = found === -1 ? text.length : found;
      if (end > at) yield text.slice(at, end);
      at = end + 1;
    }
  }
}

function* linesOf(texts: Iterable<string>): Generator<Raw<CaptureLine>> {
  for (const text of texts) yield asRaw(parseLine(captureLineSchema, text));
}

function readHar(texts: Iterable<string>): string {
  const pieces = Array.from(texts, (text) => parseLine(harLineSchema, text));
  try {
    return joinHar(pieces);
  } catch (error) {
    throw new AppError('INVALID_SEGMENT', 'A piece of the HAR is missing or out of order.', { cause: error });
  }
}

/**
 * Opens a stored capture. The packed segments are held in memory (50 MB at most), one is expanded at a time; the pieces of a
 * HAR are put together. `lines` may be read again. Throws `INVALID_SEGMENT` for what it does not know.
 */
export async function openStoredCapture(
  { blobs, vault }: { blobs: BlobStore; vault: Vault },
  kind: CaptureSource['kind'],
  segments: readonly StoredSegment[],
): Promise<CaptureSource> {
  const packed: Buffer[] = [];
  for (const segment of segments) packed.push(await fetchSegment(blobs, vault, segment));
  return kind === 'recording'
    ? { kind, lines: { [Symbol.iterator]: () => linesOf(textsOf(packed, segments)) } }
    : { kind, text: asRaw(readHar(textsOf(packed, segments))) };
}
