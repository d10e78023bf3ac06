import type { Readable } from 'node:stream';

/** What a blob must turn out to be; a `put` that turns out otherwise leaves nothing and throws `BlobMismatch`. */
export interface Expected {
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

export interface BlobEntry {
  key: string;
  bytes: number;
  modifiedAt: Date;
}

/**
 * Where blobs live. Keys are `accounts/<account>/scans/<scan>/…`: segments of letters, digits, `_`, `-` and `.`, joined
 * by `/`. Every store passes the same suite (`store.case.ts`). Reads of a missing key throw `BlobMissing`; a store that
 * cannot be reached, or is full, throws `BlobUnavailable`.
 */
export interface BlobStore {
  /** Stores a stream under a key; readers see all of it or nothing. Returns what was stored. */
  put: (key: string, source: AsyncIterable<Uint8Array>, expected?: Expected) => Promise<Expected>;
  get: (key: string) => Promise<Readable>;
  /** Size in bytes, or null when there is no such blob. */
  head: (key: string) => Promise<{ bytes: number } | null>;
  /** Deletes; a missing key is fine. */
  delete: (key: string) => Promise<void>;
  /** Blobs whose key begins with `prefix`, in the order of keys. */
  list: (prefix: string) => AsyncIterable<BlobEntry>;
  /** Throws `BlobUnavailable` when the store cannot be reached. */
  check: () => Promise<void>;
}

export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
  constructor() {
    super('A stored file is missing.');
  }
}

export class BlobMismatch extends Error {
  override readonly name = 'BlobMismatch';
  constructor() {
    super('What arrived is not what was announced: length or checksum differ.');
  }
}

export class BlobUnavailable extends Error {
  override readonly name = 'BlobUnavailable';
  readonly code: string;
  constructor(code: string) {
    super(code === 'ENOSPC' ? 'The disk is full.' : 'The file store cannot be reached.');
    this.code = code;
  }
}

const KEY = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** Throws when a key could leave its folder or means something to a store. */
export function checkKey(key: string): string {
  if (!KEY.test(key) || key.length > 512) throw new Error('a blob key has a form that is not allowed');
  return key;
}

/** Everything of a scan lies below this. */
export const scanPrefix = (accountId: string, scanId: string): string => `accounts/${accountId}/scans/${scanId}/`;
