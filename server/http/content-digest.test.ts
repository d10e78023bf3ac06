import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readContentDigest } from './content-digest.ts';

const hash = createHash('sha256').update('segment');
const digest = hash.digest();
const hex = digest.toString('hex');
const base64 = digest.toString('base64');

describe('readContentDigest', () => {
  it.each([
    `sha-256=:${base64}:`,
    `SHA-256=:${base64}:`,
    `sha-256=${hex}`,
    `sha-256=:${hex.toUpperCase()}:`,
    `sha-512=:AAAA:, sha-256=:${base64}:`,
    `sha-256=:${base64}:, sha-512=:AAAA:`,
    ` sha-256 = :${base64}: `,
    `sha-256=:${base64}:;q=1`,
  ])('reads %s', (header) => {
    expect(readContentDigest(header)).toBe(hex);
  });

  it.each([
    undefined,
    '',
    'sha-256=',
    `sha-512=:${base64}:`,
    `sha-256=:${base64.slice(2)}:`,
    `sha-256=${hex.slice(1)}`,
    base64,
  ])('refuses %s', (header) => {
    expect(() => readContentDigest(header)).toThrow(expect.objectContaining({ code: 'INVALID_SEGMENT' }));
  });
});
