const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
const DIGITS = /^\d+$/;

export const isUuid = (value: string): boolean => value.length === 36 && UUID.test(value);
export const isHex = (value: string): boolean => value.length >= 16 && HEX.test(value) && /[a-f]/i.test(value);
export const isDigits = (value: string): boolean => DIGITS.test(value);

const CLASS = { lower: 1, upper: 2, digit: 4, other: 8 } as const;

interface Census {
  length: number;
  lower: number;
  upper: number;
  digit: number;
  other: number;
  /** Changes between letter, digit and sign, and between upper and lower case inside a word. */
  turns: number;
  spaces: number;
}

function classOf(code: number): number {
  if (code >= 97 && code <= 122) return CLASS.lower;
  if (code >= 65 && code <= 90) return CLASS.upper;
  if (code >= 48 && code <= 57) return CLASS.digit;
  return CLASS.other;
}

function takeCensus(value: string): Census {
  const census: Census = { length: value.length, lower: 0, upper: 0, digit: 0, other: 0, turns: 0, spaces: 0 };
  let previous = 0;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    const kind = classOf(code);
    if (kind === CLASS.lower) census.lower++;
    else if (kind === CLASS.upper) census.upper++;
    else if (kind === CLASS.digit) census.digit++;
    else census.other++;
    if (code === 32 || (code >= 9 && code <= 13)) census.spaces++;
    if (previous !== 0 && previous !== kind && kind !== CLASS.other && previous !== CLASS.other) census.turns++;
    previous = kind;
  }
  return census;
}

const READ_MAX = 512;

function distinctShare(value: string): number {
  return new Set(value).size / Math.min(value.length, 32);
}

/**
 * True for what a generator made (a token, a hash, a UUID) and false for words, slugs, dates, versions, paths and numbers.
 * Entropy of this kind counts only beside a name that speaks of a secret.
 */
export function isRandomLooking(value: string, minLength: number): boolean {
  if (value.length < minLength) return false;
  if (isUuid(value)) return true;
  if (value.length > READ_MAX) return isRandomLooking(value.slice(0, READ_MAX), minLength);
  const census = takeCensus(value);
  if (census.spaces > 0 || census.lower + census.upper === 0) return false;
  if (/^(?:https?:|wss?:)?\/\//.test(value) || distinctShare(value) < 0.2) return false;
  if (isHex(value)) return census.digit > 0;
  for (const piece of value.split(/[^A-Za-z0-9]+/)) {
    if (piece.length < Math.min(8, minLength)) continue;
    const one = takeCensus(piece);
    const mixed = one.digit > 0 && one.lower + one.upper > 0;
    if (mixed && (one.turns >= 3 || (one.turns >= 2 && piece.length >= 12))) return true;
    if (!mixed && one.lower > 1 && one.upper > 1 && one.turns >= 5 && piece.length >= 14) return true;
  }
  return false;
}

const PERSONAL = new Set(['address', 'birth', 'location', 'medical', 'account', 'device-id', 'national-id']);
const COMMON = new Set(
  (
    'true false null undefined none yes no on off admin administrator guest user username password passwort secret token test testing ' +
    'example default unknown anonymous public private production development staging localhost dark light auto system enabled ' +
    'disabled active inactive accepted declined granted denied desktop mobile tablet string number boolean object'
  ).split(' '),
);

/** A word everybody uses: never searched for outside the place it was found in. */
const isCommonWord = (value: string): boolean => COMMON.has(value.toLowerCase());

/** Values of cookies and keys that say nothing of anyone: flags, locales, currencies, themes, at most two characters. */
export const isHarmlessPreference = (value: string): boolean =>
  value.length <= 2 ||
  /^(?:true|false|yes|no|on|off|null|none|undefined|dark|light|auto|system)$/i.test(value) ||
  /^[a-z]{2}[-_][A-Za-z]{2}$/.test(value) ||
  /^[A-Z]{3}$/.test(value);

/** A stand-in instead of a value: masked, a template variable, an environment reference, a schema word. */
export const isStandIn = (value: string): boolean =>
  /^[*xX•.\-_#]+$/u.test(value) ||
  /^\$\{.*\}$|^\{\{.*\}\}$|^<[\w .-]+>$|^%\w+%$|^\$[A-Za-z_][\w.]*$|^\{\w+\}$|^:\w+$|^\[(?:redacted|filtered|object \w+)\]$/i.test(
    value,
  ) ||
  /^(?:true|false|null|undefined|none|nil|yes|no|string|number|boolean|bearer|basic|optional|required|redacted)$/i.test(
    value,
  );

/**
 * Whether a value may be searched for outside the place it was found in: long or varied enough that a match is the secret
 * and not a word, a host or a number that happens to be equal.
 */
export function mayPropagate(value: string, type: string, strong: boolean): boolean {
  if (isCommonWord(value)) return false;
  if (type === 'name') return value.length >= 9 && /^\p{Lu}\S*(?: \p{Lu}\S*)+$/u.test(value);
  if (type === 'user-name') return value.length >= 8 && /\p{L}/u.test(value) && /[\d@]/.test(value);
  if (PERSONAL.has(type)) return value.length >= 9 && /\d/.test(value);
  if (!strong) return isRandomLooking(value, 12);
  const { length, spaces, digit, lower, upper, other, turns } = takeCensus(value);
  if (length < 6) return false;
  const letters = lower + upper;
  if (digit === length) return length >= 9;
  if (letters === length) return length >= 16 || (length >= 8 && turns >= 5);
  if (letters + spaces === length) return false;
  if (digit === 0 && /^[A-Za-z]+(?:[-_./ ][A-Za-z]+)*$/.test(value)) return length >= 20;
  return length >= 8 || [lower, upper, digit, other].filter((count) => count > 0).length >= 2;
}
