import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { createFilesystemStore } from './filesystem.ts';
import { describeStore } from './store.case.ts';

const folders: string[] = [];
const tempFolder = async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'recon-blobs-'));
  folders.push(folder);
  return folder;
};
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describeStore('filesystem', async () => {
  const dir = path.join(await tempFolder(), 'blobs');
  return {
    store: createFilesystemStore({ dir }),
    breakIt: async () => {
      await rename(dir, `${dir}.away`);
      await writeFile(dir, 'a file where the folder was');
    },
    mendIt: async () => {
      await rm(dir);
      await rename(`${dir}.away`, dir);
    },
    close: () => Promise.resolve(),
  };
});

describe('filesystem store', () => {
  it('lets no other user read, and leaves no parts behind', async () => {
    const dir = await tempFolder();
    const store = createFilesystemStore({ dir });
    await store.put('a/b', Readable.from([Buffer.from('x')]));
    expect((await stat(path.join(dir, 'a', 'b'))).mode & 0o077).toBe(0);
    expect(await readdir(path.join(dir, '.parts'))).toEqual([]);
  });
});
