import { isBoundaryAfter, isBoundaryBefore } from './boundary.ts';
import { decodeEntities, decodePercent, encodeEntities, plainCodec } from './codecs.ts';
import { isPlaceholder } from './placeholders.ts';
import { matchProvider, mayStartProvider } from './match-provider.ts';
import { SECRET_URLS } from './provider-formats.ts';
import type { Codec, Span } from './span.ts';
import { isCardNumber, isIban, isMailDomain, isPublicAddress } from './structures.ts';
import { isRandomLooking } from './value-shape.ts';

function push(spans: Span[], start: number, end: number, value: string, type: string, codec: Codec = plainCodec): void {
  if (!isPlaceholder(value)) spans.push({ start, end, codec, secret: { value, type, strong: true } });
}

const AT_SIGNS: readonly (readonly [string, Codec])[] = [
  ['@', plainCodec],
  ['%40', { decode: decodePercent, encode: (plain) => plain.replace('@', '%40') }],
  [
    '\\u0040',
    { decode: (written) => written.replace('\\u0040', '@'), encode: (plain) => plain.replace('@', '\\u0040') },
  ],
  ['&#64;', { decode: decodeEntities, encode: (plain) => encodeEntities(plain).replace('@', '&#64;') }],
];
const MAIL_LOCAL = /[\p{L}\p{N}.!#$&'*+/?^_{|}~-]/u;
const NO_MAILBOX = new Set(['git', 'svn', 'hg']);

function findEmails(text: string, spans: Span[]): void {
  for (const [sign, codec] of AT_SIGNS) {
    for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) {
      let start = at;
      while (start > 0 && at - start < 320 && isMailLocal(text, start - 1)) start--;
      while (start < at && /[.!#$&'*+/?^{|}~-]/.test(text[start] ?? '')) start++;
      const afterEscape = start >= 1 && /[\\%]/.test(text[start - 1] ?? '');
      if (afterEscape && text[start - 1] === '%') start += 2;
      else if (afterEscape && /[nrtbf]/.test(text[start] ?? '')) start++;
      else if (afterEscape && text[start] === 'u') start += 5;
      if (/:\/\/[^\s/@"'<>]*$/.test(text.slice(Math.max(0, start - 128), start))) continue;
      if (start >= at || NO_MAILBOX.has(text.slice(start, at))) continue;
      const domain = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]|\.(?=[\p{L}\p{N}])){2,250}/u.exec(
        text.slice(at + sign.length, at + sign.length + 253),
      )?.[0];
      if (domain === undefined || !isMailDomain(domain)) continue;
      const end = at + sign.length + domain.length;
      push(spans, start, end, `${decodePercent(text.slice(start, at))}@${domain}`, 'email', codec);
    }
  }
}

function isMailLocal(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)) return true;
  if (code === 47 || code === 38 || code === 63 || code === 39 || code === 35 || code === 123 || code === 124)
    return false;
  return MAIL_LOCAL.test(text[at] ?? ' ');
}

const PEM_MAX = 16_384;
const endsInBreak = (text: string, end: number): boolean =>
  /[\s\\]/.test(text[end - 1] ?? '') || (/[rn]/.test(text[end - 1] ?? '') && text[end - 2] === '\\');
const PEM_STOP = /-----|(?<!\\)["'`]/;

function findPem(text: string, spans: Span[]): void {
  for (let at = text.indexOf('-----BEGIN '); at !== -1; at = text.indexOf('-----BEGIN ', at + 11)) {
    const label = text.slice(at + 11, at + 91);
    const labelEnd = label.indexOf('-----');
    if (labelEnd === -1 || !/PRIVATE|SECRET|OPENSSH/.test(label.slice(0, labelEnd))) continue;
    const from = at + 16 + labelEnd;
    const near = text.slice(from, from + PEM_MAX);
    const body = near.slice(0, PEM_STOP.exec(near)?.index ?? near.length);
    const lead = /^(?:\\+[rn]|\s)+/.exec(body)?.[0].length ?? 0;
    let end = body.length;
    while (end > lead && endsInBreak(body, end)) end--;
    const value = body.slice(lead, end);
    if (value.length >= 16) push(spans, from + lead, from + lead + value.length, value, 'private-key');
  }
}

/** `scheme://user:password@host`, in plain or percent-encoded text. */
function findUserInfo(text: string, spans: Span[]): void {
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    let end = at + 3;
    let sign = -1;
    while (end < text.length && end - at < 512 && !/[\s/?#"'<>\\`,;()]/.test(text[end] ?? ' ')) {
      if (text[end] === '@') sign = end;
      end++;
    }
    if (sign <= at + 3) continue;
    const colon = text.indexOf(':', at + 3);
    const user = text.slice(at + 3, colon !== -1 && colon < sign ? colon : sign);
    if (colon !== -1 && colon < sign) {
      const password = decodePercent(text.slice(colon + 1, sign));
      if (password !== '' && !/^\$?\{.*\}$|^\*+$/.test(password))
        push(spans, colon + 1, sign, password, 'url-credential');
    }
    if (user !== '' && !/^\$?\{|^(?:git|oauth2?|token|user(?:name)?|x-access-token)$/i.test(user)) {
      push(spans, at + 3, at + 3 + user.length, decodePercent(user), 'url-credential');
    }
  }
}

function findSecretUrls(text: string, spans: Span[]): void {
  for (const { host, path, min } of SECRET_URLS) {
    const start = host + path;
    for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + 1)) {
      const from = at + start.length;
      const rest = /^[\w/:=&?.@-]+/.exec(text.slice(from, from + 400))?.[0] ?? '';
      if (rest.length >= min && /\d/.test(rest)) push(spans, from, from + rest.length, rest, 'webhook');
    }
  }
}

const CARD = /\d(?:[ -]?\d){12,18}(?![\d.])/y;
const IPV4 = /\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d|\/\d)/y;
const IPV6 = /[0-9a-f]{1,4}:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{0,4}(?![\w:]|\/\d)/iy;
const SSN = /(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])/y;
const US_PHONE = /\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}(?![\w-])/y;
const PLUS_PHONE = /(?:\+|%2B)[1-9](?:[ ().-]{0,2}\d|%20\d){6,14}(?!\w)/iy;
const IBAN = /[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){2,8}(?![A-Za-z0-9])/y;
const JWT = /eyJ[\w-]{6,2048}\.[\w-]{0,16384}\.[\w-]{0,16384}(?:\.[\w-]{1,16384}\.[\w-]{1,2048})?/y;
const TELEGRAM = /\d{8,10}:AA[\w-]{32,34}(?![\w-])/y;
const DISCORD = /[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/y;
const MAILCHIMP = /[0-9a-f]{32}-us\d{1,2}(?!\w)/y;
const AZURE_SECRET = /[\w.~-]{3}\dQ~[\w.~-]{31,34}(?![\w~-])/y;
const NOT_AN_ADDRESS = /(?:ver(?:sion)?|release|build|\bv|oid|firmware)["'\\\s]*[:=]?["'\\\s]*$/i;
const NOT_A_CARD = /(?:id|ids|sku|gtin|ean|upc|isbn|ts|time|timestamp|nano)["'\\\s]*[:=][["'\\\s]*$/i;
const PHONE_WORD = /(?:phone|mobile|cell|call|tel|fax|number|contact|whatsapp|sms)\W{0,24}(?:\w{1,4}\W{1,4}){0,2}$/i;

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function findIpv6(text: string, at: number, spans: Span[]): number {
  const address = matchAt(IPV6, text, at);
  if (address === null || !isPublicAddress(address)) return at;
  push(spans, at, at + address.length, address, 'ip');
  return at + address.length;
}

/** One to four hexadecimal digits and a colon. */
function isHexRun(text: string, at: number): boolean {
  for (let i = 0; i < 5; i++) {
    const code = text.charCodeAt(at + i);
    if (code === 58) return i > 0;
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70))) return false;
  }
  return false;
}

function findNumber(text: string, at: number, spans: Span[]): number {
  const digits = matchAt(/\d+/y, text, at)?.length ?? 1;
  const next = text.charCodeAt(at + digits);
  const joins = next === 46 || next === 45 || next === 32 || next === 58;
  if (digits < 13 && !joins) return at + digits;
  if (digits <= 3 && next === 46) {
    const address = matchAt(IPV4, text, at);
    if (address !== null && text[at - 1] !== '/' && text[at - 1] !== '-' && isPublicAddress(address)) {
      if (!NOT_AN_ADDRESS.test(text.slice(Math.max(0, at - 24), at)))
        push(spans, at, at + address.length, address, 'ip');
      return at + address.length;
    }
  }
  const ssn = digits === 3 && next === 45 ? matchAt(SSN, text, at) : null;
  if (ssn !== null && text[at - 1] !== '-') {
    push(spans, at, at + ssn.length, ssn, 'national-id');
    return at + ssn.length;
  }
  const telegram = digits >= 8 && next === 58 ? matchAt(TELEGRAM, text, at) : null;
  if (telegram !== null) {
    push(spans, at, at + telegram.length, telegram, 'api-key');
    return at + telegram.length;
  }
  if (digits >= 3) {
    const card = matchAt(CARD, text, at);
    const plain = card?.replace(/\D/g, '') ?? '';
    if (card !== null && isCardNumber(plain) && text[at - 1] !== '.' && isBoundaryAfter(text, at + card.length)) {
      if (!NOT_A_CARD.test(text.slice(Math.max(0, at - 24), at))) push(spans, at, at + card.length, card, 'card');
      return at + card.length;
    }
  }
  if (digits === 3 && joins) {
    const phone = matchAt(US_PHONE, text, at);
    if (phone !== null && PHONE_WORD.test(text.slice(Math.max(0, at - 40), at))) {
      push(spans, at, at + phone.length, phone, 'phone');
      return at + phone.length;
    }
  }
  return at + digits;
}

function findAtWordStart(text: string, at: number, code: number, spans: Span[]): number {
  if (code === 101 && text.startsWith('eyJ', at)) {
    const jwt = matchAt(JWT, text, at);
    if (jwt !== null && isTokenHeader(jwt)) {
      push(spans, at, at + jwt.length, jwt, 'jwt');
      return at + jwt.length;
    }
  }
  if (mayStartProvider(text, at)) {
    const found = matchProvider(text, at);
    if (found !== null) {
      push(spans, at, at + found.length, text.slice(at, at + found.length), found.type);
      return at + found.length;
    }
  }
  if (code >= 65 && code <= 90) {
    const second = text.charCodeAt(at + 1);
    if (second >= 65 && second <= 90 && text.charCodeAt(at + 2) <= 57 && text.charCodeAt(at + 2) >= 48) {
      const iban = longestIban(matchAt(IBAN, text, at));
      if (iban !== null) {
        push(spans, at, at + iban.length, iban, 'iban');
        return at + iban.length;
      }
    }
    const discord = code >= 77 && code <= 79 ? matchAt(DISCORD, text, at) : null;
    if (discord !== null && isRandomLooking(discord, 50)) {
      push(spans, at, at + discord.length, discord, 'api-key');
      return at + discord.length;
    }
  }
  return at;
}

function longestIban(written: string | null): string | null {
  for (let text = written; text !== null && text.length >= 15;) {
    if (isIban(text)) return text;
    const space = text.lastIndexOf(' ');
    if (space === -1) return null;
    text = text.slice(0, space);
  }
  return null;
}

function isTokenHeader(token: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString());
    return typeof header === 'object' && header !== null && ('alg' in header || 'typ' in header || 'kid' in header);
  } catch {
    return false;
  }
}

const WORDS = 1;
const DIGITS = 2;
const OTHERS = 3;
const START = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) START[code] = WORDS;
  else if (code >= 48 && code <= 57) START[code] = DIGITS;
  else if (code === 43 || code === 40 || code === 37) START[code] = OTHERS;
}

function findOther(text: string, at: number, code: number, spans: Span[]): void {
  const pattern = code === 40 ? US_PHONE : PLUS_PHONE;
  if (code === 40 && text.charCodeAt(at + 4) !== 41) return;
  if (code !== 40 && at > 0 && /[\w+/=]/.test(text[at - 1] ?? '') && !(text[at - 1] === '=' && text[at] === '%')) {
    if (!isBoundaryBefore(text, at) || /[+/]/.test(text[at - 1] ?? '')) return;
  }
  const written = matchAt(pattern, text, at);
  if (written === null || written.replace(/%2B|%20/gi, '').replace(/\D/g, '').length < 8) return;
  const value = decodePercent(written);
  push(spans, at, at + written.length, value, 'phone', written.startsWith('%') ? PERCENT_PLUS : plainCodec);
}

const PERCENT_PLUS: Codec = {
  decode: decodePercent,
  encode: (plain) => plain.replace('+', '%2B').replaceAll(' ', '%20'),
};

function findHidden(text: string, spans: Span[]): void {
  for (let at = text.indexOf('Q~'); at !== -1; at = text.indexOf('Q~', at + 2)) {
    const start = at - 4;
    const found = start >= 0 && isBoundaryBefore(text, start) ? matchAt(AZURE_SECRET, text, start) : null;
    if (found !== null) push(spans, start, start + found.length, found, 'secret');
  }
  for (let at = text.indexOf('-us'); at !== -1; at = text.indexOf('-us', at + 3)) {
    const start = at - 32;
    const found = start >= 0 && isBoundaryBefore(text, start) ? matchAt(MAILCHIMP, text, start) : null;
    if (found !== null) push(spans, start, start + found.length, found, 'api-key');
  }
}

/**
 * What is a secret or personal by its own form, wherever it stands: provider tokens, JWTs, private keys, credentials in
 * URLs, e-mails, cards, IBANs, phones with `+`, public addresses. One pass of constant work per character.
 */
export function findStructures(text: string, spans: Span[]): void {
  findEmails(text, spans);
  if (text.includes('-----BEGIN ')) findPem(text, spans);
  if (text.includes('://')) findUserInfo(text, spans);
  if (text.includes('hook') || text.includes('/bot') || text.includes('/trigger') || text.includes('/spaces/')) {
    findSecretUrls(text, spans);
  }
  if (text.length > 32) findHidden(text, spans);
  const length = text.length;
  let inWord = false;
  let escapedAt = -8;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (START[code] ?? 0) : 0;
    if (kind === 0) {
      inWord = code === 95;
      if (code === 92) escapedAt = at;
      continue;
    }
    if (kind === OTHERS) {
      inWord = false;
      escapedAt = at;
      const next = text.charCodeAt(at + 1);
      if (code === 37 ? next === 50 && (text[at + 2] === 'B' || text[at + 2] === 'b') : next >= 48 && next <= 57) {
        findOther(text, at, code, spans);
      }
      continue;
    }
    if (inWord && (at - escapedAt > 6 || !isBoundaryBefore(text, at))) continue;
    const afterAddress = text.charCodeAt(at - 1) !== 58 && isHexRun(text, at) ? findIpv6(text, at, spans) : at;
    if (afterAddress > at) {
      at = afterAddress - 1;
      inWord = true;
      continue;
    }
    if (kind === DIGITS) {
      const before = text.charCodeAt(at - 1);
      if (before !== 46 && before !== 35) {
        const end = findNumber(text, at, spans);
        if (/[A-Za-z/]/.test(text[end] ?? '')) findAtDigitStart(text, at, spans);
        at = end - 1;
      }
    } else {
      const end = findAtWordStart(text, at, code, spans);
      if (end > at) at = end - 1;
    }
    inWord = true;
  }
}

function findAtDigitStart(text: string, at: number, spans: Span[]): void {
  if (!mayStartProvider(text, at)) return;
  const found = matchProvider(text, at);
  if (found !== null) push(spans, at, at + found.length, text.slice(at, at + found.length), found.type);
}
