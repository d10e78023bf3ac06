import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { measure, requireExpected } from './measure.ts';
import { BlobMissing, BlobMismatch, BlobUnavailable, checkKey, type BlobEntry, type BlobStore } from './store.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

function translate(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT') return new BlobMissing();
  return /^E[A-Z]+$/.test(code) ? new BlobUnavailable(code) : error;
}

/** Files still being written; no key can name them. */
const PARTS = '.parts';

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* walk(root: string, folder: string): AsyncGenerator<string> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const keyed = entries.map((entry) => ({ entry, order: entry.isDirectory() ? `${entry.name}/` : entry.name }));
  keyed.sort((a, b) => (a.order < b.order ? -1 : 1));
  for (const { entry } of keyed) {
    const inner = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      if (inner !== PARTS) yield* walk(root, inner);
    } else yield inner;
  }
}

/** Blobs as files below `dir`, readable by this user only: written aside, flushed to disk, then renamed into place. */
export function createFilesystemStore({ dir }: { dir: string }): BlobStore {
  const root = path.resolve(dir);
  const fileOf = (key: string) => path.join(root, ...checkKey(key).split('/'));
  const parts = path.join(root, PARTS);

  const write = async (part: string, source: AsyncIterable<Uint8Array>) => {
    const measured = measure(source);
    const handle = await open(part, 'wx', 0o600);
    try {
      for await (const chunk of measured.stream) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return measured.result();
  };

  return {
    put: async (key, source, expected) => {
      const file = fileOf(key);
      const part = path.join(parts, randomUUID());
      try {
        await mkdir(parts, { recursive: true, mode: 0o700 });
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        const measured = await write(part, source);
        requireExpected(measured, expected);
        await rename(part, file);
        await syncFolder(path.dirname(file));
        return { bytes: measured.bytes, sha256: measured.sha256 };
      } catch (error) {
        await rm(part, { force: true }).catch(() => undefined);
        throw error instanceof BlobMismatch ? error : translate(error);
      }
    },
    get: async (key) => {
      try {
        const handle = await open(fileOf(key), 'r');
        return createReadStream('', { fd: handle });
      } catch (error) {
        throw translate(error);
      }
    },
    head: async (key) => {
      try {
        return { bytes: (await stat(fileOf(key))).size };
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw translate(error);
      }
    },
    delete: async (key) => {
      try {
        await rm(fileOf(key), { force: true });
      } catch (error) {
        throw translate(error);
      }
    },
    async *list(prefix): AsyncGenerator<BlobEntry> {
      const folder = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')));
      if (folder) checkKey(folder);
      try {
        for await (const key of walk(root, folder)) {
          if (!key.startsWith(prefix)) continue;
          const facts = await stat(path.join(root, key)).catch(() => null);
          if (facts) yield { key, bytes: facts.size, modifiedAt: facts.mtime };
        }
      } catch (error) {
        throw translate(error);
      }
    },
    check: async () => {
      try {
        await mkdir(root, { recursive: true, mode: 0o700 });
        await access(root, constants.W_OK);
      } catch (error) {
        throw translate(error);
      }
    },
  };
}
