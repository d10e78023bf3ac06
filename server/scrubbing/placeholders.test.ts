import { describe, expect, it } from 'vitest';
import { createPlaceholders, isPlaceholder } from './placeholders.ts';
import { isCardNumber, isIban, isPublicAddress, passesLuhn } from './structures.ts';

const placeholders = createPlaceholders(new Uint8Array(32).fill(1));
const stand = (value: string, type = ''): string => placeholders.for(value, type);

describe('createPlaceholders', () => {
  it.each([
    [
      'a UUID',
      '0b0f4f4e-8a55-4e0e-9f6e-0d1c5a1c2b3d',
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    ],
    ['hexadecimal', 'dfa7f7e21b58da8e946fecf8e5516897', /^[0-9a-f]{32}$/],
    ['digits', '482193', /^\d{6}$/],
    ['a decimal', '-74.005974', /^-0\.\d{6}$/],
    ['a date', '1985-04-12', /^1900-\d\d-\d\d$/],
    ['an e-mail', 'ann.lee@corp-mail.example', /^user-[a-z2-7]{8,10}@redacted\.invalid$/],
    ['an address', '93.184.216.34', /^198\.1[89]\.\d+\.\d+$/],
    ['an IPv6 address', '2603:1030:7:1::1c', /^2001:db8:/],
    ['mixed letters', 'aB3dE6gH9jK2mN5p', /^rdx_[A-Za-z0-9]{12}$/],
    ['small letters', 'ab3de6gh9jk2mn5p', /^rdx_[a-z0-9]{12}$/],
    ['capitals', 'AB3DE6GH9JK2MN5P', /^RDX_[A-Z0-9]{12}$/],
  ])('keeps the form of %s and stands for itself', (_, value, form) => {
    const made = stand(value);
    expect(made).toMatch(form);
    expect(made).not.toBe(value);
    expect(isPlaceholder(made)).toBe(true);
    expect(stand(made)).toBe(made);
    expect(isPlaceholder(value)).toBe(false);
  });

  it('makes cards that pass Luhn, account numbers that pass their check, and neither is a real one', () => {
    const card = stand('4012 8888 8888 1881').replaceAll(' ', '');
    expect(passesLuhn(card)).toBe(true);
    expect(isCardNumber(card)).toBe(false);
    const account = stand('DE89370400440532013000');
    expect(isIban(account)).toBe(true);
    expect(account.slice(0, 2)).toBe('DE');
    expect(isPublicAddress(stand('93.184.216.34'))).toBe(false);
  });

  it('keeps the signs of a phone number', () => {
    expect(stand('+49 (30) 901-820', 'phone')).toMatch(/^\+99 \(90\) 0\d\d-\d{3}$/);
  });

  it('keeps the parts of a compound token, so that a part alone has the same stand-in', () => {
    const part = 'qttg67KW5z92TnLZDchB4g9G';
    expect(stand(`h.p.${part}`)).toBe(`h.p.${stand(part)}`);
  });
});
