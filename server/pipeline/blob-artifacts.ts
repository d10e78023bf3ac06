import { createHash, createHmac, randomUUID, type Hash, type Hmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { scanPrefix, type BlobStore } from '../blobs/store.ts';
import type { ArtifactRef } from '../db/schema/checkpoints.ts';
import { AppError } from '../errors.ts';
import type { Vault } from '../scrubbing/vault.ts';
import type { ArtifactName, Artifacts } from './artifacts.ts';
import { deserialise, isVaulted, serialise } from './codec.ts';
import type { ArtifactStore } from './store.ts';

export interface BlobArtifactsOptions {
  blobs: BlobStore;
  accountId: string;
  scanId: string;
  /** Null once the vault is closed: its artifacts can neither be read nor written. */
  vault: Vault | null;
}

const BATCH_CHARS = 256 * 1024;

function* batches(pieces: Iterable<string>): Generator<Buffer> {
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < BATCH_CHARS) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  if (waiting) yield Buffer.from(waiting);
}

/** Lines without their ends, of a stream of UTF-8. */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of source) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  rest += decoder.decode();
  if (rest) yield rest;
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: Hash | Hmac, count: (bytes: number) => void) {
  for await (const chunk of source) {
    hash.update(chunk);
    count(chunk.byteLength);
    yield chunk;
  }
}

/** Runs a zlib stream over a source; an error of either ends both. */
function through(
  source: AsyncIterable<Uint8Array>,
  transform: ReturnType<typeof createGzip>,
): AsyncIterable<Uint8Array> {
  const done = pipeline(Readable.from(source), transform);
  async function* out(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of transform) if (chunk instanceof Uint8Array) yield chunk;
      await done;
    } finally {
      transform.destroy();
      await done.catch(() => undefined);
    }
  }
  done.catch(() => undefined);
  return out();
}

const closed = () =>
  new AppError('VAULT_CLOSED', 'The raw recording was erased after its keep. Record the site again to use it.');

/** Artifacts as gzip blobs; those of the vault are encrypted. Sums are checked on every read. */
export function createBlobArtifacts({ blobs, accountId, scanId, vault }: BlobArtifactsOptions): ArtifactStore {
  const vaultFor = (name: ArtifactName): Vault | null => {
    if (!isVaulted(name)) return null;
    if (!vault) throw closed();
    return vault;
  };
  const hashFor = (used: Vault | null) => (used ? createHmac('sha256', used.hashKey) : createHash('sha256'));

  return {
    write: async <N extends ArtifactName>(name: N, value: Artifacts[N]): Promise<ArtifactRef> => {
      const used = vaultFor(name);
      const hash = hashFor(used);
      let bytes = 0;
      const plain = hashed(Readable.from(batches(serialise(name, value))), hash, (count) => (bytes += count));
      const packed = through(plain, createGzip({ level: 1 }));
      const key = `${scanPrefix(accountId, scanId)}artifacts/${name}-${randomUUID()}`;
      await blobs.put(key, used ? used.encrypt(name, packed) : packed);
      return { key, sha256: hash.digest('hex'), bytes };
    },
    read: async <N extends ArtifactName>(name: N, ref: ArtifactRef): Promise<Artifacts[N]> => {
      const used = vaultFor(name);
      const hash = hashFor(used);
      const stored = await blobs.get(ref.key);
      const packed = used ? used.decrypt(name, stored) : stored;
      const value = await deserialise(name, readLines(hashed(through(packed, createGunzip()), hash, () => undefined)));
      if (hash.digest('hex') !== ref.sha256)
        throw new AppError('INTERNAL_ERROR', `The stored artifact ${name} was damaged.`);
      return value;
    },
  };
}
