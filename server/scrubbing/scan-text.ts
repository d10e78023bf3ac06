import { findAssignments } from './find-assignments.ts';
import { findMarkup } from './find-markup.ts';
import { findStructures } from './find-structures.ts';
import { scanJson } from './scan-json.ts';
import { scanPairs } from './scan-pairs.ts';
import { scanUrl } from './scan-url.ts';
import { settleSpans, type Span } from './span.ts';

const DEPTH_MAX = 4;
const JSON_START =
  /^(?:\uFEFF)?(?:\)\]\}'?,?|while\s*\(1\);|for\s*\(;;\);|\d{1,5}(?:\/[\w,/-]{1,64})?,?)?\s*(?:[\w$.]{1,64}\()?\s*[{[]/;
const FORM = /^[\w.%[\]~-]{1,128}=[^\s<>"{}&]*(?:&[\w.%[\]~-]{1,128}=[^\s<>"{}&]*)*$/;

const looksLikeJson = (text: string): boolean => JSON_START.test(text.slice(0, 256));

/** Everything that gives itself away in a text of unknown kind; `sent` when the user's browser sent it. */
export function scanText(text: string, sent: boolean, depth = 0): Span[] {
  if (text.length < 4) return [];
  const spans: Span[] = [];
  const nested = (plain: string): Span[] => (depth < DEPTH_MAX ? scanText(plain, sent, depth + 1) : []);
  const isJson = looksLikeJson(text);
  const strict = isJson && isStrictJson(text);
  if (isJson) scanJson(text, sent, nested, spans);
  else if (depth > 0 && /^(?:https?:|wss?:)?\/\/|^\/[\w/.-]*\?/.test(text)) scanUrl(text, nested, spans);
  findStructures(text, spans);
  findAssignments(text, spans, strict);
  if (!strict && text.includes('<')) findMarkup(text, spans);
  return settleSpans(spans);
}

/** JSON that parses as it is: its strings are its only text, and nothing may reach from one into another. */
function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function scanUrlText(url: string): Span[] {
  const spans: Span[] = [];
  scanUrl(url, (plain) => scanText(plain, true, 1), spans);
  findStructures(url, spans);
  findAssignments(url, spans, false);
  return settleSpans(spans);
}

export function scanForm(text: string): Span[] {
  const spans: Span[] = [];
  scanPairs(text, 0, text.length, 'form', (plain) => scanText(plain, true, 1), spans);
  findStructures(text, spans);
  return settleSpans(spans);
}

/** A form body that does not say so. */
export const looksLikeForm = (text: string): boolean => text.length < 65_536 && text.includes('=') && FORM.test(text);
