import {
  HARMLESS_TAILS,
  HARMLESS_TOKEN_WORDS,
  KEY_QUALIFIERS,
  LOOSE_KEY_QUALIFIERS,
  PERSON_NAMES,
  PERSON_PARENTS,
  PUBLIC_NAMES,
  SECRET_ENDINGS,
  SECRET_PHRASES,
  SECRET_WORDS,
  VENDOR_WORDS,
  WHOLE_NAMES,
} from './name-rules.ts';

export interface NameClass {
  type: string;
  /** `any`: whatever it holds; `random`: only what looks generated. */
  holds: 'any' | 'random';
  /** The type is personal data or a code that a JSON number may hold. */
  numeric: boolean;
  /** Whatever is below this name in an object or list is secret too. */
  inherits: boolean;
  /** The name only says whose key it may be; the value must be a single generated run. */
  byMaker: boolean;
}

const NUMERIC = new Set([
  'otp',
  'card-code',
  'national-id',
  'card',
  'account',
  'phone',
  'medical',
  'location',
  'device-id',
  'birth',
  'password',
]);
const INHERITS = new Set(['password', 'secret', 'credential', 'otp', 'private-key']);

/** Lower-case words of a name: `X-Amz-Security-Token`, `user[accessToken]`, `JSESSIONID` → their tokens. */
export function splitName(name: string): string[] {
  return name
    .replaceAll('OAuth', 'Oauth')
    .replaceAll('JWTs', 'Jwts')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const RANDOM_WHOLE = new Set(['session', 'auth', 'ticket', 'viewstate']);
const RANDOM_TYPES = new Set(['cookie', 'nonce']);

const asClass = (type: string, holds: NameClass['holds'] = 'any', byMaker = false): NameClass => ({
  byMaker,
  type,
  holds,
  numeric: NUMERIC.has(type),
  inherits: INHERITS.has(type),
});

const phraseType = new Map(SECRET_PHRASES);
const phraseLengths = [...new Set(SECRET_PHRASES.map(([phrase]) => phrase.split(' ').length))].sort((a, b) => b - a);

function classifyPhrase(tokens: readonly string[]): { type: string; closes: boolean } | undefined {
  for (const length of phraseLengths) {
    for (let i = tokens.length - length; i >= 0; i--) {
      const type = phraseType.get(tokens.slice(i, i + length).join(' '));
      if (type !== undefined) return { type, closes: i + length === tokens.length };
    }
  }
  return undefined;
}

function classifyTokens(name: string): NameClass | null {
  const tokens = splitName(name);
  const last = tokens.at(-1);
  if (last === undefined) return null;
  const joined = tokens.join('');
  const bare = joined.startsWith('x') && tokens[0] === 'x' ? joined.slice(1) : joined;
  if (PUBLIC_NAMES.has(joined) || PUBLIC_NAMES.has(bare)) return null;
  if (tokens.includes('public') && !tokens.includes('secret')) return null;
  const whole = own(WHOLE_NAMES, bare);
  if (whole !== undefined) return asClass(whole, RANDOM_WHOLE.has(bare) ? 'random' : 'any');
  const phrase = classifyPhrase(tokens);
  if (phrase !== undefined && (phrase.closes || !HARMLESS_TAILS.has(last))) return asClass(phrase.type);
  if (HARMLESS_TAILS.has(last)) return null;
  if (last === 'key' || last === 'keys') {
    const before = tokens.at(-2);
    if (before !== undefined && KEY_QUALIFIERS.has(before))
      return asClass(before === 'private' ? 'private-key' : 'api-key', last === 'keys' ? 'random' : 'any');
    if (before !== undefined && LOOSE_KEY_QUALIFIERS.has(before)) return asClass('api-key', 'random');
    return tokens.some((token) => VENDOR_WORDS.has(token)) ? asClass('api-key', 'random', true) : null;
  }
  const byMaker = tokens.some((token) => VENDOR_WORDS.has(token)) || VENDOR_WORDS.has(joined);
  const count = tokens.length;
  for (let i = count - 1; i >= 0; i--) {
    const token = tokens[i] ?? '';
    const type = own(SECRET_WORDS, token) ?? gluedType(token);
    if (type === undefined) continue;
    const beside = [tokens[i - 1] ?? '', tokens[i + 1] ?? ''];
    if (type === 'token' && beside.some((word) => HARMLESS_TOKEN_WORDS.has(word))) return null;
    if (i < count - 1 && (last === 'id' || /^\d+$/.test(last))) return asClass(type, last === 'id' ? 'random' : 'any');
    return asClass(type, i === count - 1 && token !== 'sid' && !RANDOM_TYPES.has(type) ? 'any' : 'random');
  }
  if (last === 'tokens' && !tokens.some((word) => HARMLESS_TOKEN_WORDS.has(word))) return asClass('token', 'random');
  if (byMaker) return asClass('api-key', 'random', true);
  return null;
}

function gluedType(token: string): string | undefined {
  if (token.length < 7) return undefined;
  for (const [ending, type] of SECRET_ENDINGS) {
    if (!token.endsWith(ending) || token.length === ending.length) continue;
    const head = token.slice(0, -ending.length);
    if (type === 'token' && HARMLESS_TOKEN_WORDS.has(head)) return undefined;
    return type;
  }
  return undefined;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

const known = new Map<string, NameClass | null>();
const KNOWN_LIMIT = 50_000;
const NAME_MAX = 128;

/**
 * What a header, parameter, cookie or JSON key says of its value. Names are compared word by word, so that `author`,
 * `keyboard`, `tokens_used` and `nextPageToken` say nothing; null then.
 */
export function classifyName(name: string): NameClass | null {
  return name.length > NAME_MAX ? null : remember(known, name, () => classifyTokens(name));
}

const personTypes = new Map<string, NameClass | null>();
const personParents = new Map<string, boolean>();

function remember<T>(known: Map<string, T>, name: string, find: () => T): T {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = find();
  if (known.size >= KNOWN_LIMIT) known.clear();
  known.set(name, found);
  return found;
}

const isPersonParent = (name: string): boolean =>
  remember(personParents, name, () => splitName(name).some((word) => PERSON_PARENTS.has(word)));

function personType(name: string): NameClass | null {
  return remember(personTypes, name, () => {
    const type = own(PERSON_NAMES, splitName(name).join(''));
    return type === undefined ? null : asClass(type);
  });
}

/** Personal data with an everyday name: under a person, or in what the user sent (position only). */
export function classifyPersonName(name: string, parent: string | null, sent: boolean): NameClass | null {
  if (name.length > NAME_MAX) return null;
  const named = personType(name);
  if (named === null) return null;
  if (parent !== null && parent.length <= NAME_MAX && isPersonParent(parent)) return named;
  return sent && named.type === 'location' ? named : null;
}
