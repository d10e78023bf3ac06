import { isUtf8 } from 'node:buffer';
import { segmentLineSchema, type SegmentLine } from '#shared/capture.ts';
import type { CaptureKind } from '../db/schema/index.ts';
import { AppError } from '../errors.ts';

/** Protocol events nest a few dozen levels; deeper input is made to exhaust a reader's stack. */
const MAX_DEPTH = 200;
const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, NEWLINE] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x0a];

function isTooDeep(json: Uint8Array): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (quoted) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === OPEN || byte === OPEN_LIST) {
      if (++depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE || byte === CLOSE_LIST) depth -= 1;
  }
  return false;
}

function parseLine(bytes: Uint8Array, number: number): SegmentLine {
  const refuse = (why: string, details?: unknown): AppError =>
    new AppError('INVALID_SEGMENT', `Line ${number} of the segment ${why}.`, details === undefined ? {} : { details });
  if (!isUtf8(bytes)) throw refuse('is not UTF-8');
  if (isTooDeep(bytes)) throw refuse(`is nested more than ${MAX_DEPTH} levels deep`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  } catch {
    throw refuse('is not JSON');
  }
  const line = segmentLineSchema.safeParse(value);
  if (line.success) return line.data;
  throw refuse(
    'is not a line of a recording',
    line.error.issues
      .slice(0, 5)
      .map(({ path, code, message }) => ({ path: path.map(String).join('.'), code, message })),
  );
}

export interface CheckedLines {
  lines: number;
  expandedBytes: number;
  kind: CaptureKind;
}

/**
 * Reads expanded segment bytes as they come, one line in memory at a time, and checks each. `onBytes` hears the running total
 * and may throw to stop. Throws `INVALID_SEGMENT` with the line's number, never with what it holds.
 */
export async function checkSegmentLines(
  source: AsyncIterable<Uint8Array>,
  onBytes: (expandedBytes: number) => void,
): Promise<CheckedLines> {
  let pieces: Uint8Array[] = [];
  let lines = 0;
  let expandedBytes = 0;
  const kinds = new Set<CaptureKind>();
  const take = (end: Uint8Array): void => {
    const bytes = pieces.length === 0 ? end : Buffer.concat([...pieces, end]);
    pieces = [];
    if (bytes.length === 0) return;
    lines += 1;
    kinds.add(parseLine(bytes, lines).k === 'har' ? 'har' : 'recording');
    if (kinds.size > 1) {
      throw new AppError('INVALID_SEGMENT', `Line ${lines} of the segment mixes a HAR with a recording.`);
    }
  };
  for await (const chunk of source) {
    expandedBytes += chunk.length;
    onBytes(expandedBytes);
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, to));
      from = to + 1;
    }
    // Copied, because a stream may use its buffer again.
    if (from < chunk.length) pieces.push(Uint8Array.from(chunk.subarray(from)));
  }
  take(new Uint8Array());
  const [kind] = kinds;
  if (kind === undefined) throw new AppError('INVALID_SEGMENT', 'The segment holds no line.');
  return { lines, expandedBytes, kind };
}
