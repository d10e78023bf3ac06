import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { captureLimits, segmentLineSchema, type CaptureLine, type HarLine } from '#shared/capture.ts';
import { joinHar } from '#shared/har-lines.ts';
import { systemCode } from '../errors.ts';
import { CommandError } from './command.ts';

/** A file as it was captured. The text of a HAR is what the file holds; it may yet be malformed. */
export type CaptureFile = { kind: 'har'; text: string } | { kind: 'recording'; lines: CaptureLine[] };

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const why = { ENOENT: 'does not exist', EISDIR: 'is a folder', EACCES: 'may not be read by this user' }[
      systemCode(error) ?? ''
    ];
    throw new CommandError('FILE', `${file} ${why ?? 'cannot be read'}.`, { cause: error });
  }
  if (isGzip(bytes)) {
    try {
      bytes = await promisify(gunzip)(bytes, { maxOutputLength: captureLimits.scanExpandedBytes });
    } catch (error) {
      const why =
        systemCode(error) === 'ERR_BUFFER_TOO_LARGE'
          ? `expands to more than ${captureLimits.scanExpandedBytes / 1_000_000} MB`
          : 'is not a whole gzip file; download or export it again';
      throw new CommandError('FILE', `${file} ${why}.`, { cause: error });
    }
  }
  if (bytes.length > captureLimits.scanExpandedBytes) {
    throw new CommandError('FILE', `${file} is larger than ${captureLimits.scanExpandedBytes / 1_000_000} MB.`);
  }
  if (bytes.length === 0) throw new CommandError('FILE', `${file} is empty.`);
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  return new TextDecoder(utf16 ?? 'utf-8', { ignoreBOM: utf16 === undefined }).decode(bytes);
}

function readLines(file: string, text: string): CaptureFile {
  const lines: CaptureLine[] = [];
  const pieces: HarLine[] = [];
  let number = 0;
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline < 0 ? text.length : newline;
    const json = text.slice(from, to);
    from = to + 1;
    number += 1;
    if (json.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch (error) {
      throw new CommandError('FILE', `Line ${number} of ${file} is not JSON.`, { cause: error });
    }
    const line = segmentLineSchema.safeParse(value);
    if (!line.success) throw new CommandError('FILE', `Line ${number} of ${file} is not a line of a recording.`);
    if (line.data.k === 'har') pieces.push(line.data);
    else lines.push(line.data);
  }
  if (pieces.length === 0) return { kind: 'recording', lines };
  try {
    return { kind: 'har', text: joinHar(pieces) };
  } catch (error) {
    throw new CommandError('FILE', `${file} holds a HAR in pieces, and not all of them.`, { cause: error });
  }
}

/** Reads a HAR or a recording, packed or not; which of the two is told by what it holds. Throws `CommandError`. */
export async function readCapture(file: string, cwd: string): Promise<CaptureFile> {
  const text = await readText(path.resolve(cwd, file));
  return /^\uFEFF?\s*\{\s*"k"\s*:/.test(text) ? readLines(file, text) : { kind: 'har', text };
}
