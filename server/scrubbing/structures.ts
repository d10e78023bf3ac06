import ipaddr from 'ipaddr.js';
import { parse } from 'tldts';

export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

/** The last digit that makes `digits` pass Luhn. */
export function luhnDigit(digits: string): string {
  for (let check = 0; check < 10; check++) if (passesLuhn(`${digits}${check}`)) return String(check);
  return '0';
}

/** A payment card number of a known range with the length of its brand. */
export function isCardNumber(digits: string): boolean {
  const range =
    /^4\d{15}$|^5[1-5]\d{14}$|^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$|^3[47]\d{13}$|^6(?:011|5\d\d|4[4-9]\d)\d{12}$|^35(?:2[89]|[3-8]\d)\d{12}$|^3(?:0[0-5]|[68]\d)\d{11}$/;
  return range.test(digits) && passesLuhn(digits) && !/^(\d)\1+$/.test(digits);
}

const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AT: 20,
  BE: 16,
  BG: 22,
  BR: 29,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IS: 26,
  IT: 27,
  KW: 30,
  LB: 28,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PK: 24,
  PL: 28,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TN: 24,
  TR: 26,
  UA: 29,
};

function ibanRemainder(iban: string): number {
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

export function isIban(written: string): boolean {
  const iban = written.replaceAll(/[ -]/g, '').toUpperCase();
  return (
    /^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban) && IBAN_LENGTHS[iban.slice(0, 2)] === iban.length && ibanRemainder(iban) === 1
  );
}

/** Check digits for a country and a basic account number. */
export function ibanCheck(country: string, account: string): string {
  return String(98 - ibanRemainder(`${country}00${account}`)).padStart(2, '0');
}

/** A public address, of a person's line or a server; private, reserved and documentation ranges are none. */
export function isPublicAddress(written: string): boolean {
  const address = written.replace(/^\[|\]$/g, '');
  if (/^\d+(?:\.\d+){3}$/.test(address)) {
    if (!ipaddr.IPv4.isValidFourPartDecimal(address)) return false;
    return !/^198\.1[89]\./.test(address) && ipaddr.IPv4.parse(address).range() === 'unicast';
  }
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return false;
  return ipaddr.IPv6.parse(address).range() === 'unicast';
}

const RESERVED_ENDINGS = new Set([
  'test',
  'example',
  'invalid',
  'localhost',
  'local',
  'internal',
  'corp',
  'lan',
  'home',
  'intra',
]);

/** A name that mail can be sent to, or one reserved for tests and inner networks; `2x.png` and `1.2.3` are none. */
export function isMailDomain(domain: string): boolean {
  const ending = domain.slice(domain.lastIndexOf('.') + 1).toLowerCase();
  if (!domain.includes('.') || /\d/.test(ending.replace(/^xn--.*/, ''))) return false;
  if (RESERVED_ENDINGS.has(ending)) return true;
  return parse(domain, { validateHostname: true }).isIcann === true;
}
