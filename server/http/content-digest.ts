import { AppError } from '../errors.ts';

const BASE64 = /^:([A-Za-z0-9+/]{43}=):$/;
const HEX = /^:?([0-9a-fA-F]{64}):?$/;

/**
 * The SHA-256 that `Content-Digest` gives, in hex: `sha-256=:<base64>:` (RFC 9530); hex is read as well. Other algorithms
 * beside it are passed over. Throws `INVALID_SEGMENT` when there is none.
 */
export function readContentDigest(header: string | undefined): string {
  for (const member of (header ?? '').split(',')) {
    const [, algorithm, value] = /^\s*([A-Za-z0-9-]+)\s*=\s*(\S+?)\s*(?:;.*)?$/.exec(member) ?? [];
    if (algorithm?.toLowerCase() !== 'sha-256' || value === undefined) continue;
    const hex = HEX.exec(value)?.[1];
    if (hex !== undefined) return hex.toLowerCase();
    const base64 = BASE64.exec(value)?.[1];
    if (base64 !== undefined) return Buffer.from(base64, 'base64').toString('hex');
  }
  throw new AppError('INVALID_SEGMENT', 'Send the SHA-256 of the body: Content-Digest: sha-256=:<base64>:');
}
