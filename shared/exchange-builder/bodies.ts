import type { BodyLine, BodyLoss } from '../capture.ts';
import type { Body } from '../exchange.ts';
import { bareMimeType } from './headers.ts';

const TEXTUAL =
  /^(text\/|application\/([\w.+-]*\+)?(json|xml|javascript|ecmascript|graphql|x-ndjson|x-www-form-urlencoded|yaml|x-yaml)$|image\/svg\+xml|multipart\/form-data|application\/(x-)?(javascript|json[\w-]*|grpc-web-text|manifest\+json|sql|toml))/;

export function isTextual(mimeType: string): boolean {
  return TEXTUAL.test(bareMimeType(mimeType));
}

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Null when it is not base64. */
export function decodeBase64(data: string): Uint8Array | null {
  let binary: string;
  try {
    binary = atob(data);
  } catch {
    return null;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  }
  return btoa(binary);
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
}

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** Bytes as text when `preferText` and they are UTF-8 without NUL, else as base64. */
export function bodyFromBytes(bytes: Uint8Array, mimeType: string, preferText: boolean): Body {
  const text = preferText ? decodeUtf8(bytes) : null;
  if (text !== null && !text.includes('\0')) return { mimeType, bytes: bytes.length, text };
  return { mimeType, bytes: bytes.length, base64: encodeBase64(bytes) };
}

export function lostBody(mimeType: string, lost: BodyLoss, bytes = 0): Body {
  return { mimeType, bytes, lost };
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** A body from chunks that were each written in base64 by themselves (streamed data, post data entries). */
export function bodyFromChunks(chunks: readonly string[], mimeType: string, preferText: boolean): Body | null {
  const decoded: Uint8Array[] = [];
  for (const chunk of chunks) {
    const bytes = decodeBase64(chunk);
    if (bytes === null) return null;
    decoded.push(bytes);
  }
  return bodyFromBytes(concatenate(decoded), mimeType, preferText);
}

/**
 * One body from its lines. Parts may come in any order and twice; when a part is missing, what comes before it is kept and marked
 * truncated. Lines with data win over lines that say why there is none. Null when there are no lines.
 */
export function joinBody(lines: readonly BodyLine[], mimeType: string, preferText: boolean): Body | null {
  const withData = lines.filter((line) => line.data !== undefined);
  const first = withData[0];
  if (first === undefined) {
    const error = lines.at(-1);
    if (error === undefined) return null;
    return {
      ...lostBody(mimeType, error.error ?? 'unknown', error.bytes),
      ...(error.sha256 === undefined ? {} : { sha256: error.sha256 }),
    };
  }
  const newest = withData.at(-1) ?? first;
  const parts = new Map<number, string>();
  for (const line of withData) {
    if (line.base64 === newest.base64 && line.parts === newest.parts) parts.set(line.part ?? 0, line.data ?? '');
  }
  const pieces: string[] = [];
  while (parts.has(pieces.length)) pieces.push(parts.get(pieces.length) ?? '');
  const whole = pieces.length === (newest.parts ?? 1);
  const body = fromText(pieces.join(''), newest, mimeType, preferText);
  return {
    ...body,
    bytes: whole ? newest.bytes : body.bytes,
    ...(whole && newest.truncated !== true ? {} : { truncated: true }),
    ...(newest.sha256 === undefined ? {} : { sha256: newest.sha256 }),
  };
}

function fromText(data: string, line: BodyLine, mimeType: string, preferText: boolean): Body {
  if (line.base64 !== true) return { mimeType, bytes: byteLength(data), text: data };
  const bytes = decodeBase64(data);
  return bytes === null ? lostBody(mimeType, 'unknown', line.bytes) : bodyFromBytes(bytes, mimeType, preferText);
}
