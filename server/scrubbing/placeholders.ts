import { createHmac } from 'node:crypto';
import { ibanCheck, isCardNumber, isIban, isPublicAddress, luhnDigit } from './structures.ts';
import { isDigits, isHex, isUuid } from './value-shape.ts';

/** Beginning of every placeholder that has room for it; `HEX_MARK` is the same in hexadecimal. */
const MARK = 'rdx_';
const HEX_MARK = '726478';
const MAIL_HOST = '@redacted.invalid';
const LONGEST = 96;
const LOWER = 'abcdefghijklmnopqrstuvwxyz234567';
const MIXED = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789abcdefgh';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;
const JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;
/** Signs between the parts of a compound token (`s:<id>.<signature>`). */
const SEPARATORS = /([.:|~!&;,=/$*]+|%[0-9A-Fa-f]{2})/;
const PART = /^[A-Za-z0-9_+-]+$/;

export interface Placeholders {
  /** The stand-in for a value: same value, same stand-in; a stand-in stands for itself. */
  for: (value: string, type: string) => string;
  /** HMAC-SHA256 of bytes under the scan's key, hexadecimal. */
  digest: (bytes: Uint8Array | string) => string;
}

/** Tells a stand-in by its mark or its reserved range, without the key. */
export function isPlaceholder(value: string): boolean {
  if (/^rdx_[a-z0-9]/i.test(value)) return true;
  if (isUuid(value) || isHex(value)) return value.toLowerCase().startsWith(HEX_MARK);
  if (isDigits(value)) return isReservedNumber(value);
  if (/^198\.1[89]\.\d+\.\d+$|^2001:db8:/i.test(value)) return true;
  if (value.endsWith(MAIL_HOST)) return /^user-[a-z2-7]{8,12}@/.test(value);
  if (value.startsWith('eyJ')) return /^eyJ[\w-]*\.[\w-]*\.rdx_[\w-]+$/.test(value);
  if (/^[+(]*9[\d\s().-]+$/.test(value)) return value.replace(/\D/g, '').startsWith(PHONE_HEAD);
  return /^-?0\.0+\d+$/.test(value) || /^1900-\d\d-\d\d/.test(value) || /^[A-Z]{2}\d\dRDX/.test(value);
}

const PHONE_HEAD = '99900';
/** Reserved numbers: `9` and zeros, so rare that a value found there is taken for a stand-in. */
const reservedHead = (length: number): string =>
  `9${'0'.repeat(Math.max(0, (length <= 6 ? length - 1 : Math.ceil(length / 2)) - 1))}`;
const isReservedNumber = (digits: string): boolean =>
  (digits.startsWith(PHONE_HEAD) && digits.length > 6 && digits.length < 16) ||
  digits.startsWith(reservedHead(digits.length));

/** The parts of a compound token with the signs between them; null when the value is one piece. */
export function splitCompound(value: string): string[] | null {
  if (value.length < 20 || JWT.test(value) || EMAIL.test(value) || /[\s"{}[\]<>]/.test(value)) return null;
  const parts = value.split(SEPARATORS);
  const tokens = parts.filter((_, i) => i % 2 === 0);
  return parts.length > 2 &&
    tokens.some((part) => part.length >= 16) &&
    tokens.every((part) => part === '' || PART.test(part))
    ? parts
    : null;
}

export function createPlaceholders(key: Uint8Array): Placeholders {
  const digest = (bytes: Uint8Array | string): string => createHmac('sha256', key).update(bytes).digest('hex');

  function letters(value: string, length: number, alphabet: string): string {
    let text = '';
    for (let round = 0; text.length < length; round++) {
      const bytes = createHmac('sha256', key).update(`${round}|${value}`).digest();
      for (const byte of bytes) text += alphabet[byte % alphabet.length] ?? 'a';
    }
    return text.slice(0, length);
  }
  const digits = (value: string, length: number): string => letters(value, length, '0123456789');

  function number(value: string): string {
    const head = reservedHead(value.length);
    if (value.length >= 12 && isCardNumber(value)) {
      const body = head + digits(value, value.length - head.length - 1);
      return body + luhnDigit(body);
    }
    return head + digits(value, value.length - head.length);
  }

  function mark(value: string): string {
    const fits = value.length >= 8 && value.length <= LONGEST;
    const length = fits ? value.length : value.length < 8 ? 8 : LONGEST + (value.length % 3);
    const cased = /[A-Z]/.test(value) ? (/[a-z]/.test(value) ? MIXED : UPPER) : LOWER;
    const text = MARK + letters(value, length - MARK.length, cased);
    return cased === UPPER ? text.toUpperCase() : text;
  }

  function likeDigits(value: string, head: string): string {
    const plain = value.replace(/\D/g, '');
    const fresh = head + digits(plain, Math.max(0, plain.length - head.length));
    let next = 0;
    return value.replace(/\d/g, () => fresh[next++] ?? '0');
  }

  function mail(value: string): string {
    const length = 8 + ((((value.length - 5 - 8 - MAIL_HOST.length) % 3) + 3) % 3);
    return `user-${letters(value.toLowerCase(), length, LOWER)}${MAIL_HOST}`;
  }

  function claims(text: string): string {
    const keep = new Set(['alg', 'typ', 'exp', 'iat', 'nbf', 'auth_time']);
    const replace = (value: unknown): unknown => {
      if (typeof value === 'string') return value === '' ? '' : plain(value);
      if (typeof value === 'number') return Number(number(String(Math.abs(Math.trunc(value))).slice(0, 15)));
      if (Array.isArray(value)) return value.map(replace);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, keep.has(name) ? inner : replace(inner)]),
      );
    };
    try {
      const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
      return Buffer.from(JSON.stringify(replace(parsed))).toString('base64url');
    } catch {
      return mark(text);
    }
  }

  function webToken(value: string): string {
    const [header = '', payload = '', signature = ''] = value.split('.');
    return `${claims(header)}.${claims(payload)}.${mark(signature === '' ? value : signature)}`;
  }

  function address(value: string): string {
    const hash = digest(value);
    const byte = (i: number): number => Number.parseInt(hash.slice(i * 2, i * 2 + 2), 16);
    if (!value.includes(':')) return `198.${18 + (byte(0) % 2)}.${byte(1)}.${byte(2)}`;
    return `2001:db8:${hash.slice(0, 4)}:${hash.slice(4, 8)}::${hash.slice(8, 12).replace(/^0+/, '1')}`;
  }

  function account(value: string): string {
    const country = value.slice(0, 2).toUpperCase();
    const body = `RDX${digits(value, value.replaceAll(/[ -]/g, '').length - 7)}`;
    return country + ibanCheck(country, body) + body;
  }

  function plain(value: string, type = ''): string {
    if (isPlaceholder(value)) return value;
    if (type === 'phone') return likeDigits(value, PHONE_HEAD);
    if (isUuid(value)) {
      const hash = digest(value.toLowerCase());
      const made = `${HEX_MARK}${hash.slice(0, 2)}-${hash.slice(2, 6)}-4${hash.slice(6, 9)}-8${hash.slice(9, 12)}-${hash.slice(12, 24)}`;
      return /[A-F]/.test(value) ? made.toUpperCase() : made;
    }
    if (isIban(value)) return account(value);
    if (isHex(value)) {
      const made = HEX_MARK + letters(value, Math.min(value.length, 128) - HEX_MARK.length, '0123456789abcdef');
      return /[A-F]/.test(value) ? made.toUpperCase() : made;
    }
    if (isDigits(value)) return number(value);
    if (EMAIL.test(value) && !value.includes('://')) return mail(value);
    if (JWT.test(value)) return webToken(value);
    if (isPublicAddress(value)) return address(value);
    if (/^-?\d+\.\d+$/.test(value)) return decimal(value);
    if (/^\d{4}-\d\d-\d\d(?:T|$)/.test(value)) {
      const day = Number.parseInt(digest(value).slice(0, 6), 16);
      return `1900-${String(1 + (day % 12)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}${value.slice(10)}`;
    }
    if (/^[\d -]+$/.test(value) && isCardNumber(value.replace(/\D/g, ''))) {
      const made = number(value.replace(/\D/g, ''));
      let next = 0;
      return value.replace(/\d/g, () => made[next++] ?? '0');
    }
    return mark(value);
  }

  function decimal(value: string): string {
    const tail = value.slice(value.indexOf('.') + 1);
    const zeros = Math.max(1, Math.ceil(tail.length / 2));
    return `${value.startsWith('-') ? '-' : ''}0.${'0'.repeat(zeros)}${digits(value, Math.max(1, tail.length - zeros))}`;
  }

  function compound(value: string, type: string): string {
    const parts = splitCompound(value);
    if (parts === null) return plain(value, type);
    return parts.map((part, i) => (i % 2 === 0 && part.length >= 4 ? plain(part) : part)).join('');
  }

  const made = new Map<string, string>();
  return {
    digest,
    for: (value, type) => {
      const known = made.get(value);
      if (known !== undefined) return known;
      const placeholder = compound(value, type);
      made.set(value, placeholder);
      return placeholder;
    },
  };
}
