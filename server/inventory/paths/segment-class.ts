import { decodeText } from '../address.ts';
import { ACTION_WORDS, LANGUAGES, TECHNICAL_WORDS } from './vocabulary.ts';
import { isKnownWord, readsLikeWord, splitWords, strangeness } from './word-likeness.ts';

/**
 * What the shape of one path segment tells. `opaque` shapes are ids by themselves; `literal` ones never are; `open` ones
 * need evidence.
 */
export type SegmentKind =
  | 'integer'
  | 'number'
  | 'uuid'
  | 'ulid'
  | 'object-id'
  | 'hash'
  | 'date'
  | 'date-time'
  | 'email'
  | 'ip'
  | 'cuid'
  | 'issue-key'
  | 'prefixed-id'
  | 'encoded'
  | 'token'
  | 'slug-with-id'
  | 'code'
  | 'placeholder'
  | 'action'
  | 'namespace'
  | 'version'
  | 'locale'
  | 'dotted'
  | 'word'
  | 'words'
  | 'name'
  | 'slug'
  | 'numbered'
  | 'caps'
  | 'title';

export interface SegmentClass {
  kind: SegmentKind;
  nature: 'opaque' | 'literal' | 'open';
}

const opaque = (kind: SegmentKind): SegmentClass => ({ kind, nature: 'opaque' });
const literal = (kind: SegmentKind): SegmentClass => ({ kind, nature: 'literal' });
const open = (kind: SegmentKind): SegmentClass => ({ kind, nature: 'open' });

const EXACT: readonly [RegExp, SegmentKind][] = [
  [/^-?\d+$/, 'integer'],
  [/^-?\d+\.\d+$/, 'number'],
  [/^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i, 'uuid'],
  [/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'ulid'],
  [/^(?=.*\d)[0-9a-f]{24}$/i, 'object-id'],
  [/^(?=.*\d)(?=.*[a-f])(?:[0-9a-f]{8,}|sha(?:1|256|512)[:-][0-9a-f]{16,})$/i, 'hash'],
  [/^\d{4}-\d{2}-\d{2}$|^\d{4}-(?:0[1-9]|1[0-2])$|^\d{4}-[QW]\d{1,2}$/, 'date'],
  [/^\d{4}-\d{2}-\d{2}[T_ ]\d{2}.*$/, 'date-time'],
  [/^[^@\s/]+@[^@\s/]+\.[^@\s/.]{2,}$/, 'email'],
  [/^\d{1,3}(?:\.\d{1,3}){3}$|^(?=.*::?.*:)[0-9a-f:]{6,}$/i, 'ip'],
  [/^c[a-z0-9]{24}$/, 'cuid'],
  [/^[A-Z][A-Z0-9_]{0,15}-\d+$|^CVE-\d{4}-\d+$/, 'issue-key'],
];

const isRandom = (text: string): boolean => {
  const letters = text.replace(/[^A-Za-z]/g, '');
  const switches = text.match(/[a-z][A-Z](?![a-z])|\d[A-Za-z]|[A-Z][a-z](?=[A-Z\d])/g)?.length ?? 0;
  return switches >= 2 || strangeness(letters) > 0.3;
};

const isToken = (text: string): boolean => {
  if (!/^[A-Za-z0-9_\-.~+=]+$/.test(text)) return false;
  const core = text.replace(/=+$/, '');
  const parts = splitWords(core);
  if (parts.every((part) => readsLikeWord(part) || TECHNICAL_WORDS.has(part.toLowerCase()))) return false;
  const digits = core.replace(/\D/g, '').length;
  const flat = core.replace(/[^A-Za-z0-9]/g, '');
  const longest = Math.max(...core.split(/[_\-.~]/).map((part) => part.length));
  if (longest >= 8 && digits > 0 && (core.match(/\d[A-Za-z]/g)?.length ?? 0) >= 1 && isRandom(flat)) return true;
  if (longest >= 12 && digits >= 2 && isRandom(flat)) return true;
  return longest >= 14 && digits === 0 && /[a-z]/.test(core) && /[A-Z]/.test(core) && strangeness(flat) > 0.25;
};

const isYear = (token: string): boolean => /^(?:19|20)\d{2}$/.test(token);

function classifyParts(text: string): SegmentClass | null {
  const tokens = text.split(/[-_.~+ ]/).filter((token) => token !== '');
  if (/\d{5,}$|^\d{5,}/.test(text)) return opaque('slug-with-id');
  if (tokens.length < 2) return null;
  const carriesId = tokens.some(
    (token) => (/^[A-Za-z]?\d{4,}$/.test(token) && !isYear(token)) || /^(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}$/i.test(token),
  );
  if (carriesId) return opaque('slug-with-id');
  const wordless = tokens.every((token) => !isKnownWord(token) && token.length <= 8);
  const mixed = tokens.filter((token) => /\d/.test(token) && /[A-Za-z]/.test(token));
  const scrambled = mixed.filter((token) => /\d[A-Za-z]/.test(token) && !TECHNICAL_WORDS.has(token.toLowerCase()));
  const strange = tokens.filter((token) => /^[A-Za-z]{3,}$/.test(token) && strangeness(token) > 0.3);
  if (wordless && (scrambled.length > 0 || (mixed.length > 0 && strange.length > 0))) return opaque('code');
  return null;
}

function classifyDotted(text: string): SegmentClass | null {
  if (!/^[A-Za-z][\w$-]*(?:\.[A-Za-z][\w$-]*)+$/.test(text)) return null;
  const parts = text.split('.');
  if (/^(?:com|org|net|io|co|dev|app|gov|edu)$/.test(parts[0] ?? '') && parts.length >= 3) return open('slug');
  if (/^(?:com|org|net|io|co|dev|app|gov|edu|local|invalid)$/.test(parts.at(-1) ?? '') && /[a-z]/.test(text))
    return open('slug');
  if (/^[A-Z]/.test(text) || parts.some((part) => isKnownWord(splitWords(part).at(-1) ?? ''))) return open('dotted');
  return open('slug');
}

const MAX_KEPT = 50_000;
const LONGEST = 400;
const kept = new Map<string, SegmentClass>();

/** The class of one segment as it stands in the URL, by its shape alone. */
export function classifySegment(raw: string): SegmentClass {
  if (raw.length > LONGEST) return opaque('token');
  let found = kept.get(raw);
  if (found === undefined) {
    found = classify(raw);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(raw, found);
  }
  return found;
}

function classify(raw: string): SegmentClass {
  const text = decodeText(raw);
  for (const [pattern, kind] of EXACT) if (pattern.test(text)) return opaque(kind);
  if (/^rdx[_-]/i.test(text) || /redacted/i.test(text)) return opaque('placeholder');
  if (/^v\d+(?:[._]\d+)*(?:[._-]?(?:alpha|beta|rc|preview|p\d)\w*)?$/i.test(text)) return literal('version');
  if (/^[a-z]{2}[-_](?:[A-Z]{2}|[a-z]{2}|[A-Z][a-z]{3}|\d{3})$/.test(text) && LANGUAGES.has(text.slice(0, 2)))
    return literal('locale');
  if (LANGUAGES.has(text)) return literal('locale');
  if (ACTION_WORDS.has(/^[A-Z][a-z]/.test(text) ? text.toLowerCase() : text)) return literal('action');
  const dotted = classifyDotted(text);
  if (dotted?.kind === 'dotted') return /^[A-Za-z]+\.[A-Z]/.test(text) ? literal('namespace') : dotted;
  if (raw.includes('%') && /[^A-Za-z0-9\-._~$&+,;=!'()*]/.test(text)) return opaque('encoded');
  if (/^[A-Za-z]{1,10}[_-](?=.*\d)[A-Za-z0-9]{8,}$/.test(text) && isRandom(text.replace(/^[A-Za-z]+[_-]/, '')))
    return opaque('prefixed-id');
  const parts = classifyParts(text);
  if (parts !== null) return parts;
  if (isToken(text)) return opaque('token');
  if (dotted !== null) return dotted;
  return classifyWords(text);
}

function classifyWords(text: string): SegmentClass {
  if (TECHNICAL_WORDS.has(text.toLowerCase())) return open('word');
  if (/\d/.test(text)) return open('numbered');
  if (/^[A-Z]{2,10}$/.test(text)) return open('caps');
  if (/^\p{Lu}[\p{L}'.]*(?:[_ ][\p{L}(][\p{L}().']*)+$/u.test(text) && text.includes('_')) return open('title');
  const tokens = splitWords(text);
  if (tokens.length === 0 || !/^[\w$-]+$/.test(text)) return open('slug');
  if (tokens.length === 1) {
    if (isKnownWord(text)) return open('word');
    return open('name');
  }
  if (text.includes('-')) return open(tokens.every(isKnownWord) ? 'words' : 'slug');
  if (text.includes('_')) return open(tokens.every(readsLikeWord) ? 'words' : 'slug');
  return open(
    /^[A-Za-z]+$/.test(text) && tokens.every((token) => token.length === 1 || readsLikeWord(token)) ? 'words' : 'name',
  );
}
