import { BODY_PART_CHARS, type BodyLine, type BodyLoss } from '#shared/capture.ts';

/** Half of what a line may hold, so that text of nothing but escapes stays within a segment. */
const PART_CHARS = BODY_PART_CHARS / 2;

const encoder = new TextEncoder();

type Head = Pick<BodyLine, 'requestId' | 'of' | 't'> & { s?: string | undefined; hop?: number | undefined };

function start({
  t,
  s,
  requestId,
  of,
  hop,
}: Head): Pick<BodyLine, 'k' | 't' | 'requestId' | 'of'> & { s?: string; hop?: number } {
  return { k: 'body', t, ...(s === undefined ? {} : { s }), requestId, of, ...(hop === undefined ? {} : { hop }) };
}

export function base64Bytes(data: string): number {
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((data.length * 3) / 4) - padding);
}

/** The lines of a body, in parts that never grow large. */
export function bodyLines(head: Head, data: string, base64: boolean, truncated: boolean): BodyLine[] {
  const bytes = base64 ? base64Bytes(data) : encoder.encode(data).length;
  const parts = Math.max(1, Math.ceil(data.length / PART_CHARS));
  return Array.from({ length: parts }, (_, part) => ({
    ...start(head),
    part,
    parts,
    base64,
    data: data.slice(part * PART_CHARS, (part + 1) * PART_CHARS),
    bytes,
    ...(truncated ? { truncated } : {}),
  }));
}

export function lossLine(head: Head, error: BodyLoss, bytes: number, detail?: string, sha256?: string): BodyLine {
  return {
    ...start(head),
    part: 0,
    parts: 1,
    base64: false,
    error,
    bytes,
    ...(detail === undefined ? {} : { detail }),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}
