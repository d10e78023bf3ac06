import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../errors.ts';
import type { KeyWrapper } from './key-wrapper.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function loadKey(file: string): Uint8Array {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  chmodSync(file, 0o600);
  const key = readFileSync(file);
  if (key.length !== KEY_BYTES)
    throw new AppError(
      'UNAVAILABLE',
      'The vault key file is damaged: it must hold 32 bytes. Restore it from a backup.',
    );
  return new Uint8Array(key);
}

/** Wraps under a key in a file of 32 bytes that only this user can read; made on first use. */
export function createFileKeyWrapper({ file }: { file: string }): KeyWrapper {
  const key = loadKey(file);
  return {
    wrap: (plain, scanId) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(scanId));
      const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return Promise.resolve(new Uint8Array(sealed));
    },
    unwrap: (wrapped, scanId) => {
      const sealed = Buffer.from(wrapped);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
        decipher.setAAD(Buffer.from(scanId)).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
        const plain = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
        return Promise.resolve(new Uint8Array(Buffer.concat([plain, decipher.final()])));
      } catch (cause) {
        const message = 'The vault key does not open this scan. Was the key file replaced?';
        return Promise.reject(new AppError('INTERNAL_ERROR', message, { cause }));
      }
    },
  };
}
