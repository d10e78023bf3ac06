import { acceptsValue } from './accept-value.ts';
import { classifyName, type NameClass } from './classify-name.ts';
import { escapedJsonCodec, percentCodec, plainCodec } from './codecs.ts';
import { isPlaceholder } from './placeholders.ts';
import { isContextualSecret } from './query-context.ts';
import type { Codec, Span } from './span.ts';
import { isRandomLooking } from './value-shape.ts';

const NAME_MAX = 64;
const VALUE_MAX = 16_384;

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;
const isQuote = (code: number): boolean => code === 34 || code === 39 || code === 96;

const NAME_PART = new Uint8Array(128);
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$.-[]')
  NAME_PART[char.charCodeAt(0)] = 1;
const isNamePart = (code: number): boolean => (code < 128 ? NAME_PART[code] === 1 : code > 0xbf);

interface Name {
  text: string;
  /** The sign before the name opens or continues a query string. */
  inQuery: boolean;
  quoted: boolean;
  startsLine: boolean;
}

function nameBefore(text: string, at: number): Name | null {
  let end = at;
  while (end > 0 && at - end < 4 && isSpace(text.charCodeAt(end - 1))) end--;
  const quotesEnd = end;
  while (end > 0 && quotesEnd - end < 16 && (isQuote(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === 92))
    end--;
  const quoted = end < quotesEnd;
  let start = end;
  while (start > 0 && end - start < NAME_MAX && isNamePart(text.charCodeAt(start - 1))) start--;
  if (start === end) return null;
  let name = text.slice(start, end);
  const before = text.charCodeAt(start - 1);
  if (before === 37 && /^[0-9a-f]{2}/i.test(name)) {
    const inQuery = /^(?:3f|26|3b)/i.test(name);
    name = name.slice(2);
    return name === '' ? null : { text: name, inQuery, quoted: false, startsLine: false };
  }
  if (before === 92 && /^u00(?:26|3f)/i.test(name))
    return { text: name.slice(5), inQuery: true, quoted, startsLine: false };
  const inQuery =
    before === 63 || before === 38 || before === 35 || (before === 59 && text.startsWith('&amp', start - 5));
  const startsLine =
    start === 0 ||
    before === 10 ||
    (isSpace(before) && text.charCodeAt(start - 2) !== 46) ||
    (before === 92 && name.startsWith('n'));
  if (before === 92 && /^[nrt]/.test(name) && classifyName(name) === null) name = name.slice(1);
  return name === '' ? null : { text: name, inQuery, quoted, startsLine };
}

interface Written {
  start: number;
  end: number;
  codec: Codec;
  quoted: boolean;
}

function quotedAfter(text: string, from: number, strict: boolean): Written | null {
  let at = from;
  while (text.charCodeAt(at) === 92 && at - from < 8) at++;
  const slashes = at - from;
  const quote = text.charCodeAt(at);
  if (!isQuote(quote)) return null;
  if (strict && slashes === 0 && quote === 34) return null;
  const start = at + 1;
  const limit = Math.min(text.length, start + VALUE_MAX);
  for (let end = start; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === 92) {
      let run = 0;
      while (text.charCodeAt(end + run) === 92) run++;
      if (text.charCodeAt(end + run) === quote && run === slashes) {
        return { start, end, codec: escapedJsonCodec(Math.log2(slashes + 1) | 0), quoted: true };
      }
      if (run < slashes) return null;
      end += run;
    } else if (code === quote && slashes === 0) {
      return { start, end, codec: quote === 34 ? escapedJsonCodec(0) : plainCodec, quoted: true };
    } else if (code === quote && slashes > 0) return null;
    else if (strict && code === 34) return null;
    else if (code === 10 && quote !== 96) return null;
  }
  return null;
}

const STOP = new Uint8Array(128);
for (const char of ' \t\r\n"\'`<>&;,)}]{(|\\#^') STOP[char.charCodeAt(0)] = 1;

/** Where the run that the last bare value was in ends; values in one run are measured once. */
interface BareRun {
  start: number;
  end: number;
  percent: boolean;
}

function bareEnd(text: string, from: number, percent: boolean, run: BareRun): number {
  if (run.percent === percent && from >= run.start && from <= run.end) return run.end;
  let end = from;
  const limit = Math.min(text.length, from + VALUE_MAX);
  while (end < limit) {
    const code = text.charCodeAt(end);
    if (code < 128 && STOP[code] === 1) break;
    if (percent && code === 37 && /^%(?:26|23|22|20|5c|3c|7d|2c)/i.test(text.slice(end, end + 3))) break;
    end++;
  }
  run.start = from;
  run.end = end;
  run.percent = percent;
  return end;
}

function bareAfter(text: string, from: number, percent: boolean, run: BareRun): Written {
  const end = bareEnd(text, from, percent, run);
  const codec = text.slice(from, Math.min(end, from + 256)).includes('%') ? percentCodec : plainCodec;
  return { start: from, end, codec, quoted: false };
}

const SCHEME = /(?:bearer|basic|token|negotiate|apikey|digest|jwt)(?: +|\+|%20)/iy;
const UNQUOTED_MIN = 8;

function acceptsBare(named: NameClass, value: string, name: Name, follows: string): boolean {
  if (name.inQuery) return acceptsValue(named, value, true);
  if (
    follows === '(' ||
    follows === '[' ||
    /^(?:this|self|window|process|e|t|n|r|i|a|o)\.|^function\b|^!|^\$\{/.test(value)
  )
    return false;
  if (isRandomLooking(value, UNQUOTED_MIN)) return acceptsValue(named, value, false);
  const typed = named.type === 'password' || named.type === 'otp' || named.type === 'phone';
  const ends = follows === '' || /[\s&<"'\\]/.test(follows);
  return typed && name.startsLine && ends && /\d/.test(value) && acceptsValue(named, value, false) && value.length >= 5;
}

function valueSpan(text: string, name: Name, written: Written): Span | null {
  const named = classifyName(name.text);
  const raw = text.slice(written.start, written.end);
  const value = written.codec.decode(raw);
  if (value === '' || isPlaceholder(value)) return null;
  if (named === null) {
    return name.inQuery &&
      isContextualSecret(name.text, value, text.slice(Math.max(0, written.start - 200), written.start))
      ? { ...written, secret: { value, type: 'code', strong: true } }
      : null;
  }
  const takes = written.quoted
    ? acceptsValue(named, value, false)
    : acceptsBare(named, value, name, text[written.end] ?? '');
  return takes
    ? {
        start: written.start,
        end: written.end,
        codec: written.codec,
        secret: { value, type: named.type, strong: true },
      }
    : null;
}

function spanAt(text: string, at: number, code: number, strict: boolean, run: BareRun): Span | null {
  let from = at + 1;
  const next = text.charCodeAt(from);
  const before = text.charCodeAt(at - 1);
  const percent = code === 37;
  if (percent) from = at + 3;
  else if (code === 61) {
    if (next === 61 || before === 61 || before === 33 || before === 60 || before === 62) return null;
    if (next === 62) from++;
  } else if (code === 124) {
    if (next !== 124) return null;
    from++;
  } else if (code === 58 && (next === 47 || before === 58)) return null;
  else if (code === 58 && (next === 61 || next === 58)) from++;
  else if (code === 44 && !isQuote(before)) return null;
  const nameEnd = code === 61 && (before === 58 || before === 124 || before === 63) ? at - 1 : at;
  const name = nameBefore(text, nameEnd);
  if (name === null || (classifyName(name.text) === null && !name.inQuery)) return null;
  const spacesEnd = name.inQuery ? from : from + 5;
  while (from < spacesEnd && isSpace(text.charCodeAt(from))) from++;
  if (strict && name.quoted && text.charCodeAt(at - 1) === 34 && text.charCodeAt(at - 2) !== 92) return null;
  const quoted = quotedAfter(text, from, strict);
  if (code === 44) {
    if (quoted === null || !name.quoted) return null;
    return isRandomLooking(quoted.codec.decode(text.slice(quoted.start, quoted.end)), 12)
      ? valueSpan(text, name, quoted)
      : null;
  }
  const inside = quoted ?? bareAfter(text, from, percent || name.inQuery, run);
  SCHEME.lastIndex = inside.start;
  const scheme = SCHEME.exec(text)?.[0];
  if (scheme === undefined) return valueSpan(text, name, inside);
  const start = inside.start + scheme.length;
  const rest = quoted === null ? bareAfter(text, start, percent, run) : { ...quoted, start };
  return rest.start < rest.end ? valueSpan(text, { ...name, inQuery: true }, rest) : null;
}

const SIGNS = new Uint8Array(128);
for (const char of '=:,%|') SIGNS[char.charCodeAt(0)] = 1;

/**
 * Values beside a secret's name in code, configuration, logs, markup and query strings: `name = value`, `"name": "value"`
 * at any depth of escaping, `name=value&`, `call("name", "value")`. In `strict` JSON only inside its strings.
 */
export function findAssignments(text: string, spans: Span[], strict: boolean): void {
  const run: BareRun = { start: -1, end: -2, percent: false };
  const length = text.length;
  for (let at = 1; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128 || SIGNS[code] !== 1) continue;
    if (code === 37 && !(text.charCodeAt(at + 1) === 51 && (text.charCodeAt(at + 2) | 32) === 100)) continue;
    if (code === 44 && !isQuote(text.charCodeAt(at - 1))) continue;
    const span = spanAt(text, at, code, strict, run);
    if (span === null) continue;
    spans.push(span);
    at = span.end - 1;
  }
}
