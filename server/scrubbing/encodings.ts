import { createHash } from 'node:crypto';
import { encodeEntities, encodeJsonString } from './codecs.ts';

/** A value in one way of writing it, and its stand-in written the same way. */
interface Form {
  written: string;
  replacement: string;
  /** Counts as found only when no letter or digit touches it. */
  bounded: boolean;
}

type Writer = (text: string) => string;

const percentStrict: Writer = (text) =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
const percentLower: Writer = (text) => percentStrict(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const hex: Writer = (text) => Buffer.from(text).toString('hex');
const unicodeEscapes =
  (upper: boolean): Writer =>
  (text) => {
    let out = '';
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i).toString(16).padStart(4, '0');
      out += `\\u${upper ? code.toUpperCase() : code}`;
    }
    return out;
  };
const numericEntities =
  (base: 10 | 16): Writer =>
  (text) =>
    [...text].map((char) => `&#${base === 16 ? 'x' : ''}${(char.codePointAt(0) ?? 0).toString(base)};`).join('');

/** Ways of writing that keep a value as it is when it has only letters and digits. */
const WRITERS: readonly Writer[] = [
  (text) => text,
  encodeJsonString,
  (text) => encodeJsonString(encodeJsonString(text)),
  (text) => encodeJsonString(text).replaceAll('/', '\\/'),
  (text) => encodeURIComponent(text.toWellFormed()),
  percentStrict,
  percentLower,
  (text) => percentStrict(text).replaceAll('%20', '+'),
  (text) => percentStrict(percentStrict(text)),
  (text) => percentLower(percentLower(text)),
  (text) => text.replaceAll('@', '%40').replaceAll('+', '%2B'),
  encodeEntities,
  (text) => encodeEntities(text).replaceAll('&#39;', '&#x27;').replaceAll('&quot;', '&#34;'),
  (text) => encodeEntities(text).replaceAll('&#39;', '&apos;'),
  (text) => encodeJsonString(encodeEntities(text)),
  (text) => text.replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
  (text) => text.replaceAll('@', '&#64;'),
  (text) => text.replaceAll('@', '\\u0040'),
];

const TRANSFORMS: readonly Writer[] = [
  hex,
  (text) => hex(text).toUpperCase(),
  unicodeEscapes(false),
  unicodeEscapes(true),
  numericEntities(10),
  numericEntities(16),
];

const sha =
  (algorithm: string): Writer =>
  (text) =>
    createHash(algorithm).update(text.trim().toLowerCase()).digest('hex');
const EMAIL_HASHES: readonly Writer[] = [sha('md5'), sha('sha1'), sha('sha256')];

/** The characters of base64 that depend on the value alone when `shift` bytes stand before it in its group of three. */
function base64Core(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const from = shift === 0 ? 0 : shift + 1;
  return text.slice(from, Math.floor(((shift + bytes.length) * 8) / 6));
}

const BASE64_MIN = 10;
const BOUND_BELOW = 16;

/**
 * Every way of writing in which a value is searched for: plain, JSON, percent (upper, lower, double, plus), entities, `\u`,
 * hexadecimal, base64 and base64url at their three alignments (UTF-8 and UTF-16LE), and for e-mails the hashes that
 * analytics use. Longest first is the caller's work.
 */
export function writeForms(value: string, placeholder: string, type: string): Form[] {
  const forms = new Map<string, Form>();
  const bounded = value.length < BOUND_BELOW || /^\d+$/.test(value);
  const add = (written: string, replacement: string, isBounded: boolean): void => {
    if (written.length >= 6 && !forms.has(written)) forms.set(written, { written, replacement, bounded: isBounded });
  };
  const isDocument = /^[{[]/.test(value) && value.includes('"');
  if (/^[\w-]+$/.test(value)) add(value, placeholder, bounded);
  // A JSON document as a value is searched for inside strings only; its members are known by themselves.
  else for (const write of isDocument ? WRITERS.slice(1) : WRITERS) add(write(value), write(placeholder), bounded);
  const isMail = type === 'email';
  if (isMail) add(value.toLowerCase(), placeholder, bounded);
  if (value.length < 8 || value.length > 4096) return [...forms.values()];
  for (const write of TRANSFORMS) add(write(value), write(placeholder), false);
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const [bytes, stand] = [Buffer.from(value, encoding), Buffer.from(placeholder, encoding)];
    for (const shift of encoding === 'utf8' ? [0, 1, 2] : [0]) {
      const [core, standCore] = [base64Core(bytes, shift), base64Core(stand, shift)];
      if (core.length < BASE64_MIN) continue;
      add(core, standCore, false);
      if (/[+/]/.test(core)) add(toUrlAlphabet(core), toUrlAlphabet(standCore), false);
      if (core.includes('/')) add(core.replaceAll('/', '\\/'), standCore.replaceAll('/', '\\/'), false);
      if (/[+/]/.test(core)) add(encodeURIComponent(core), encodeURIComponent(standCore), false);
    }
  }
  if (isMail) for (const hash of EMAIL_HASHES) add(hash(value), hash(placeholder), false);
  return [...forms.values()];
}

const toUrlAlphabet = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');
