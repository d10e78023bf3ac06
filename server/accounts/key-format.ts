import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { randomBase62, toBase62 } from './base62.ts';

/** `rec_live_<8 look-up digits><27 secret digits>_<6 digits of CRC32>`: 160 secret bits beside the public look-up part. */
const KEY = /^rec_live_([0-9A-Za-z]{8})[0-9A-Za-z]{27}_([0-9A-Za-z]{6})$/;
const checksum = (text: string): string => toBase62(crc32(text), 6);

export function makeKey(randomBytes: (size: number) => Uint8Array): string {
  const body = `rec_live_${randomBase62(35, randomBytes)}`;
  return `${body}_${checksum(body)}`;
}

/** The look-up part of a well-formed key; null for anything that cannot be one, without asking the database. */
export function readKeyLookup(key: string): string | null {
  const match = KEY.exec(key);
  const [lookup, sum] = [match?.[1], match?.[2]];
  if (lookup === undefined || sum !== checksum(key.slice(0, -7))) return null;
  return lookup;
}

/** HMAC-SHA-256 under the server's pepper: what a table holds instead of the secret. */
export const hashSecret = (secret: string, pepper: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', pepper).update(secret).digest());

/** Compares two hashes in constant time. */
export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
