import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { KeyWrapper } from './key-wrapper.ts';

/** Keys of one scan, both wrapped, as the scan's row keeps them. Forgetting `wrappedKey` erases all that it opened. */
export interface WrappedScanKeys {
  wrappedKey: Uint8Array;
  placeholderKey: Uint8Array;
}

/**
 * Encrypts what a scan captured, as AES-256-GCM in frames of 64 KiB. A stream is bound to its scan and to its name: it
 * opens under no other, and neither cut short, lengthened nor reordered. Refused reads throw `VaultTampered`.
 */
export interface Vault {
  encrypt: (name: string, source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  decrypt: (name: string, source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** A keyed hash, so that the sum of a vaulted artifact tells nothing without the key. */
  hashKey: Uint8Array;
}

export class VaultTampered extends Error {
  override readonly name = 'VaultTampered';
  constructor() {
    super('A file of the vault was changed, cut short or belongs to another scan.');
  }
}

const MAGIC = Buffer.from('RCV1');
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const FRAME_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

const deriveKey = (dataKey: Uint8Array, salt: Uint8Array, purpose: string) =>
  new Uint8Array(hkdfSync('sha256', dataKey, salt, purpose, KEY_BYTES));

/** Every stream has a key of its own, so a counter is a nonce; its last byte marks the last frame. */
function nonceOf(frame: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frame, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function seal(key: Uint8Array, frame: number, last: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(frame, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Uint8Array, frame: number, last: boolean, sealed: Buffer): Buffer {
  if (sealed.length < TAG_BYTES) throw new VaultTampered();
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame, last));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch {
    throw new VaultTampered();
  }
}

/** Cuts a stream into pieces of exactly `size`; the last one, marked so, may be shorter and is empty for an empty stream. */
async function* pieces(source: AsyncIterable<Uint8Array>, size: number) {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    length += chunk.byteLength;
    if (length <= size) continue;
    const all = Buffer.concat(waiting);
    let at = 0;
    for (; all.length - at > size; at += size) yield { piece: all.subarray(at, at + size), last: false };
    waiting = [all.subarray(at)];
    length = all.length - at;
  }
  yield { piece: Buffer.concat(waiting), last: true };
}

async function* encryptStream(dataKey: Uint8Array, context: string, source: AsyncIterable<Uint8Array>) {
  const salt = randomBytes(SALT_BYTES);
  const key = deriveKey(dataKey, salt, context);
  yield Buffer.concat([MAGIC, salt]);
  let frame = 0;
  for await (const { piece, last } of pieces(source, FRAME_BYTES)) yield seal(key, frame++, last, piece);
}

async function* withoutHeader(source: AsyncIterable<Uint8Array>, onHeader: (header: Buffer) => void) {
  let header: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (!header) {
      yield chunk;
      continue;
    }
    header = Buffer.concat([header, chunk]);
    if (header.length < HEADER_BYTES) continue;
    const rest = header.subarray(HEADER_BYTES);
    onHeader(header.subarray(0, HEADER_BYTES));
    header = null;
    if (rest.length > 0) yield rest;
  }
  if (header) throw new VaultTampered();
}

async function* decryptStream(dataKey: Uint8Array, context: string, source: AsyncIterable<Uint8Array>) {
  let key: Uint8Array | null = null;
  const body = withoutHeader(source, (header) => {
    if (!timingSafeEqual(header.subarray(0, MAGIC.length), MAGIC)) throw new VaultTampered();
    key = deriveKey(dataKey, header.subarray(MAGIC.length), context);
  });
  let frame = 0;
  for await (const { piece, last } of pieces(body, FRAME_BYTES + TAG_BYTES)) {
    if (!key) throw new VaultTampered();
    const plain = unseal(key, frame++, last, piece);
    if (plain.length > 0) yield plain;
  }
}

/** Fresh keys for a scan, wrapped for its row. */
export async function createScanKeys(wrapper: KeyWrapper, scanId: string): Promise<WrappedScanKeys> {
  const [wrappedKey, placeholderKey] = await Promise.all([
    wrapper.wrap(randomBytes(KEY_BYTES), scanId),
    wrapper.wrap(randomBytes(KEY_BYTES), scanId),
  ]);
  return { wrappedKey, placeholderKey };
}

/** Throws `AppError` `VAULT_CLOSED` when the key is gone. */
export async function unwrapScanKey(
  wrapper: KeyWrapper,
  scanId: string,
  wrapped: Uint8Array | null,
): Promise<Uint8Array> {
  if (!wrapped)
    throw new AppError('VAULT_CLOSED', 'The raw recording was erased after its keep. Record the site again to use it.');
  return wrapper.unwrap(wrapped, scanId);
}

/** The vault of a scan under its unwrapped data key. */
export function openVault(scanId: string, dataKey: Uint8Array): Vault {
  if (dataKey.byteLength !== KEY_BYTES) throw new Error('a data key has 32 bytes');
  const context = (name: string) => `stream\n${scanId}\n${name}`;
  return {
    encrypt: (name, source) => encryptStream(dataKey, context(name), source),
    decrypt: (name, source) => decryptStream(dataKey, context(name), source),
    hashKey: deriveKey(dataKey, new Uint8Array(SALT_BYTES), `hash\n${scanId}`),
  };
}
