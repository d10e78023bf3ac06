import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlobMismatch, BlobMissing, BlobUnavailable, scanPrefix, type BlobStore } from './store.ts';

export interface StoreUnderTest {
  store: BlobStore;
  /** Makes the store unreachable and back. */
  breakIt: () => Promise<void> | void;
  mendIt: () => Promise<void> | void;
  close: () => Promise<void>;
}

const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function readAll(store: BlobStore, key: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await store.get(key)) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function keysBelow(store: BlobStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** What every store must do; run on each of them. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`blob store: ${name}`, () => {
    let under: StoreUnderTest;
    let store: BlobStore;
    const home = scanPrefix('0b6e0e8e-4a55-4c2b-9a53-0d5b8a3c1f10', 'c7b3f5a2-7c1e-4a0e-8f47-55f0a6e1d9b2');
    beforeAll(async () => {
      under = await open();
      store = under.store;
    });
    afterAll(() => under.close());

    it('gives back what was put, whatever its size', async () => {
      for (const size of [0, 1, 65_536, 3_000_001]) {
        const bytes = randomBytes(size);
        const put = await store.put(`${home}sizes/${size}`, chunked(bytes, 50_000));
        expect(put).toEqual({ bytes: size, sha256: sumOf(bytes) });
        expect((await readAll(store, `${home}sizes/${size}`)).equals(bytes)).toBe(true);
        expect(await store.head(`${home}sizes/${size}`)).toEqual({ bytes: size });
      }
    });

    it('keeps nothing that differs from what was announced', async () => {
      const bytes = randomBytes(1000);
      const wrong = [
        { bytes: 999, sha256: sumOf(bytes) },
        { bytes: 1000, sha256: sumOf(randomBytes(4)) },
      ];
      for (const expected of wrong)
        await expect(store.put(`${home}wrong`, chunked(bytes, 100), expected)).rejects.toBeInstanceOf(BlobMismatch);
      expect(await store.head(`${home}wrong`)).toBeNull();
      await store.put(`${home}right`, chunked(bytes, 100), { bytes: 1000, sha256: sumOf(bytes) });
      expect(await store.head(`${home}right`)).toEqual({ bytes: 1000 });
    });

    it('keeps the old blob when a new one breaks off', async () => {
      await store.put(`${home}kept`, chunked(Buffer.from('first'), 2));
      const breaking = Readable.from(
        (async function* () {
          yield await Promise.resolve(Buffer.from('sec'));
          throw new Error('cut');
        })(),
      );
      await expect(store.put(`${home}kept`, breaking)).rejects.toThrow('cut');
      expect((await readAll(store, `${home}kept`)).toString()).toBe('first');
      await store.put(`${home}kept`, chunked(Buffer.from('second'), 2));
      expect((await readAll(store, `${home}kept`)).toString()).toBe('second');
    });

    it('says that a blob is missing', async () => {
      await expect(store.get(`${home}none`)).rejects.toBeInstanceOf(BlobMissing);
      expect(await store.head(`${home}none`)).toBeNull();
      await expect(store.delete(`${home}none`)).resolves.toBeUndefined();
    });

    it('lists by prefix, in order, all pages', async () => {
      const keys = Array.from({ length: 25 }, (_, index) => `${home}many/${String(index).padStart(3, '0')}`);
      for (const key of [...keys].reverse()) await store.put(key, chunked(Buffer.from(key), 10));
      await store.put(`${home}manyother`, chunked(Buffer.from('x'), 10));
      expect(await keysBelow(store, `${home}many/`)).toEqual(keys);
      expect(await keysBelow(store, `${home}many/00`)).toEqual(keys.slice(0, 10));
      expect(await keysBelow(store, `${home}nothing/`)).toEqual([]);
      for await (const entry of store.list(`${home}many/024`)) {
        expect(entry.bytes).toBe(Buffer.byteLength(entry.key));
        expect(Math.abs(entry.modifiedAt.getTime() - Date.now())).toBeLessThan(600_000);
      }
    });

    it('deletes', async () => {
      await store.put(`${home}gone`, chunked(Buffer.from('x'), 10));
      await store.delete(`${home}gone`);
      expect(await store.head(`${home}gone`)).toBeNull();
      expect(await keysBelow(store, `${home}gone`)).toEqual([]);
    });

    it('refuses keys that could lead elsewhere', async () => {
      for (const key of ['../x', '/x', 'a/../b', 'a//b', '.hidden', 'a/.parts', 'a b', 'a\\b', ''])
        await expect(store.put(key, chunked(Buffer.from('x'), 1))).rejects.toThrow('blob key');
    });

    it('tells an unreachable store from a missing blob, and recovers', async () => {
      await under.breakIt();
      try {
        await expect(store.check()).rejects.toBeInstanceOf(BlobUnavailable);
        await expect(store.put(`${home}later`, chunked(Buffer.from('x'), 1))).rejects.toBeInstanceOf(BlobUnavailable);
      } finally {
        await under.mendIt();
      }
      await store.check();
      await store.put(`${home}later`, chunked(Buffer.from('x'), 1));
      expect(await store.head(`${home}later`)).toEqual({ bytes: 1 });
    });
  });
}
