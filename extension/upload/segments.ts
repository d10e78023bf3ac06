import { captureLimits } from '#shared/capture.ts';

/** A segment whose bytes will not change any more, so that sending it again has the same digest. */
export interface FrozenSegment {
  n: number;
  /** Compressed. */
  bytes: number;
  expandedBytes: number;
  /** Hex, as the seal wants it. */
  sha256: string;
  /** Base64, as `Content-Digest` wants it. */
  digest: string;
  data: Uint8Array<ArrayBuffer>;
}

/** Expanded bytes and lines from which a segment is closed; about fifty requests. */
export const SEGMENT_BYTES = 1_000_000;
export const SEGMENT_LINES = 450;

export interface Chunk {
  id: number;
  /** Whole lines, each with its line feed. */
  text: string;
  bytes: number;
  lines: number;
}

/** How many chunks from the front make the next segment; 0 when there is not yet enough and it need not be closed. */
export function countForSegment(chunks: readonly Pick<Chunk, 'bytes' | 'lines'>[], close: boolean): number {
  let bytes = 0;
  let lines = 0;
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0 && bytes + chunk.bytes > SEGMENT_BYTES) return index;
    bytes += chunk.bytes;
    lines += chunk.lines;
    if (bytes >= SEGMENT_BYTES || lines >= SEGMENT_LINES) return index + 1;
  }
  return close ? chunks.length : 0;
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function freezeSegment(
  n: number,
  chunks: readonly Pick<Chunk, 'text' | 'bytes'>[],
): Promise<FrozenSegment> {
  const data = await gzip(chunks.map(({ text }) => text).join(''));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return {
    n,
    bytes: data.length,
    expandedBytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0),
    sha256: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    digest: btoa(String.fromCharCode(...hash)),
    data,
  };
}

const encoder = new TextEncoder();
/** A line longer than this could not travel in any segment. */
const LONGEST_LINE = captureLimits.segmentExpandedBytes / 4;

/** Cuts lines into chunks of at most `SEGMENT_BYTES`; a longer line is a chunk of its own. Lines that could not be sent are counted. */
export function packLines(lines: readonly unknown[]): { chunks: Omit<Chunk, 'id'>[]; tooLong: number } {
  const chunks: Omit<Chunk, 'id'>[] = [];
  let tooLong = 0;
  let open: Omit<Chunk, 'id'> | null = null;
  for (const line of lines) {
    const text = `${JSON.stringify(line)}\n`;
    const bytes = encoder.encode(text).length;
    if (bytes > LONGEST_LINE) {
      tooLong += 1;
      continue;
    }
    if (open === null || open.bytes + bytes > SEGMENT_BYTES) {
      open = { text: '', bytes: 0, lines: 0 };
      chunks.push(open);
    }
    open.text += text;
    open.bytes += bytes;
    open.lines += 1;
  }
  return { chunks, tooLong };
}
