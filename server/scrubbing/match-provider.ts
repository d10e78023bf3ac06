import { PROVIDER_FORMATS, type ProviderFormat, type TokenAlphabet } from './provider-formats.ts';
import { isRandomLooking } from './value-shape.ts';

const members: Readonly<Record<TokenAlphabet, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z0-9]/,
  hex: /[0-9a-fA-F]/,
  digits: /[0-9]/,
  word: /[\w-]/,
  'word-dot': /[\w.-]/,
  base64: /[\w+/=-]/,
};

const tables = new Map(
  Object.entries(members).map(([name, pattern]) => {
    const table = new Uint8Array(128);
    for (let code = 0; code < 128; code++) if (pattern.test(String.fromCharCode(code))) table[code] = 1;
    return [name, table];
  }),
);

/** Shorter prefixes are also beginnings of words; what follows them must look generated. */
const CLEAR_PREFIX = 4;
const LONGEST = 2048;

const pairOf = (first: number, second: number): number => (first << 7) | second;

const byPair = new Map<number, ProviderFormat[]>();
const mayStart = new Uint8Array(1 << 14);

function enter(format: ProviderFormat, prefix: string): void {
  const pair = pairOf(prefix.charCodeAt(0), prefix.charCodeAt(1));
  mayStart[pair] = 1;
  const list = byPair.get(pair);
  if (list === undefined) byPair.set(pair, [format]);
  else if (!list.includes(format)) list.push(format);
}

for (const format of PROVIDER_FORMATS) {
  enter(format, format.prefix);
  if (format.anyCase !== true) continue;
  enter(format, format.prefix.toLowerCase());
  enter(format, format.prefix.toUpperCase());
}
for (const list of byPair.values()) list.sort((a, b) => b.prefix.length - a.prefix.length);

/** Cheap test on two characters. */
export function mayStartProvider(text: string, at: number): boolean {
  const [first, second] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return first < 128 && second < 128 && mayStart[pairOf(first, second)] === 1;
}

function matches(format: ProviderFormat, text: string, at: number): number {
  const { prefix, min } = format;
  const from = at + prefix.length;
  const head = text.slice(at, from);
  if (head !== prefix && !(format.anyCase === true && head.toLowerCase() === prefix.toLowerCase())) return 0;
  const table = tables.get(format.alphabet);
  const limit = Math.min(text.length, from + (format.exact === true ? min + 1 : LONGEST));
  let end = from;
  while (end < limit && table?.[text.charCodeAt(end)] === 1) end++;
  while (end > from && format.alphabet === 'word-dot' && text[end - 1] === '.') end--;
  const body = end - from;
  if (body < min || (format.exact === true && body !== min)) return 0;
  const length = end - at;
  if (prefix.length >= CLEAR_PREFIX) return length;
  return isRandomLooking(text.slice(from, Math.min(end, from + 256)), 8) ? length : 0;
}

/** The provider token that starts at `at`, the most specific prefix first; null when none does. */
export function matchProvider(text: string, at: number): { length: number; type: string } | null {
  for (const format of byPair.get(pairOf(text.charCodeAt(at), text.charCodeAt(at + 1))) ?? []) {
    const length = matches(format, text, at);
    if (length > 0) return { length, type: format.type };
  }
  return null;
}
