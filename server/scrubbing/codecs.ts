import type { Codec } from './span.ts';

export function decodePercent(written: string): string {
  if (!written.includes('%')) return written;
  try {
    return decodeURIComponent(written);
  } catch {
    return written.replace(/%[0-9a-fA-F]{2}/g, (code) => {
      const byte = Number.parseInt(code.slice(1), 16);
      return byte < 128 ? String.fromCharCode(byte) : code;
    });
  }
}

/** Percent-encodes and leaves what is legal and common in a query as it is. */
const encodePercent = (plain: string): string =>
  encodeURIComponent(plain.toWellFormed()).replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',');

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

export function decodeEntities(written: string): string {
  if (!written.includes('&')) return written;
  return written.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,6}));/g, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return ENTITIES[name] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number.parseInt(String(decimal), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const ENTITY_OF: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const encodeEntities = (plain: string): string => plain.replace(/[&<>"']/g, (char) => ENTITY_OF[char] ?? char);

export const encodeJsonString = (plain: string): string => JSON.stringify(plain).slice(1, -1);

export function decodeJsonString(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    const value: unknown = JSON.parse(`"${written.replace(/[\n\r\t]/g, ' ')}"`);
    return typeof value === 'string' ? value : written;
  } catch {
    return written;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text of base64 (either alphabet); null when it is not base64 of readable UTF-8. */
export function decodeBase64Text(written: string): string | null {
  try {
    const text = utf8.decode(Buffer.from(written, 'base64'));
    return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

export const plainCodec: Codec = { decode: (text) => text, encode: (text) => text };
export const jsonCodec: Codec = { decode: decodeJsonString, encode: encodeJsonString };
export const percentCodec: Codec = { decode: decodePercent, encode: encodePercent };
export const formCodec: Codec = {
  decode: (written) => decodePercent(written.replaceAll('+', ' ')),
  encode: (plain) => encodePercent(plain).replaceAll('%20', '+'),
};
export const entityCodec: Codec = { decode: decodeEntities, encode: encodeEntities };
export const base64Codec: Codec = {
  decode: (written) => decodeBase64Text(written) ?? written,
  encode: (plain) => Buffer.from(plain).toString('base64'),
};
export const base64UrlCodec: Codec = {
  decode: base64Codec.decode,
  encode: (plain) => Buffer.from(plain).toString('base64url'),
};

/** JSON written inside `depth` further JSON strings. */
export const escapedJsonCodec = (depth: number): Codec => {
  if (depth === 0) return jsonCodec;
  const outer = escapedJsonCodec(depth - 1);
  return {
    decode: (written) => jsonCodec.decode(outer.decode(written)),
    encode: (plain) => outer.encode(jsonCodec.encode(plain)),
  };
};
