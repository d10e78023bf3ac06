import type { Body, Exchange } from '#shared/exchange.ts';
import { headerValue } from '#shared/exchange.ts';

/** `application/json; charset=utf-8` → `application/json`. */
const mediaTypeOf = (mimeType: string): string => mimeType.split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const isJsonType = (type: string): boolean => /(?:^|[/+.-])json(?:$|[+;-])|\/x-ndjson$|\/jsonl?$/.test(type);
export const isXmlType = (type: string): boolean =>
  /[/+]xml$/.test(type) && type !== 'application/xhtml+xml' && type !== 'image/svg+xml';

const GUARD = /^(?:\)\]\}'?,?|while\s*\(1\);?|for\s*\(;;\);?|throw 1;\s*<\s*don't be evil'\s*>)\s*/;

export type BodyReader = (body: Body | null | undefined) => JsonBody | undefined;
/** One value, or the values of a line-separated body. */
interface JsonBody {
  values: readonly unknown[];
  lines: boolean;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

function parseBody(body: Body): JsonBody | undefined {
  const text = body.text;
  if (text === undefined || body.truncated === true) return undefined;
  const type = mediaTypeOf(body.mimeType);
  const first = /\S/.exec(text)?.[0];
  const open = first === '{' || first === '[' || first === ')' || first === 'w' || first === 'f' || first === 't';
  if (first === undefined || (!isJsonType(type) && !open)) return undefined;
  const value = parse(text.replace(/^\uFEFF/, '').replace(GUARD, ''));
  if (value !== undefined)
    return isJsonType(type) || typeof value === 'object' ? { values: [value], lines: false } : undefined;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return undefined;
  const values: unknown[] = [];
  for (const line of lines) {
    const item = parse(line);
    if (item === undefined || typeof item !== 'object') return undefined;
    values.push(item);
  }
  return { values, lines: true };
}

/** Characters of bodies kept parsed between the passes. */
const KEPT_CHARS = 32_000_000;

/** Reads JSON (also guarded against inclusion, and line-separated) and remembers what it read, within a budget. */
export function createBodyReader(): BodyReader {
  const kept = new WeakMap<Body, JsonBody>();
  const unreadable = new WeakSet<Body>();
  let chars = 0;
  return (body) => {
    if (body === null || body === undefined || unreadable.has(body)) return undefined;
    const before = kept.get(body);
    if (before !== undefined) return before;
    const read = parseBody(body);
    if (read === undefined) {
      unreadable.add(body);
      return undefined;
    }
    const size = body.text?.length ?? 0;
    if (chars + size <= KEPT_CHARS) {
      chars += size;
      kept.set(body, read);
    }
    return read;
  };
}

/** Media type of a message: the body's own, else the header's. */
export function responseType(exchange: Exchange): string {
  const { response } = exchange;
  if (response === null) return '';
  const header = headerValue(response.headers, 'content-type') ?? '';
  return mediaTypeOf(header) || mediaTypeOf(response.mimeType) || mediaTypeOf(response.body?.mimeType ?? '');
}

export function requestType(exchange: Exchange): string {
  const header = headerValue(exchange.request.headers, 'content-type') ?? '';
  return mediaTypeOf(header) || mediaTypeOf(exchange.request.body?.mimeType ?? '');
}

export const isSuccess = (exchange: Exchange): boolean => {
  const status = exchange.response?.status ?? 0;
  return status >= 200 && status < 300;
};
