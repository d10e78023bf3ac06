import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { systemCode } from '../errors.ts';
import { CommandError } from './command.ts';

export interface FolderFile {
  path: string;
  text: string;
}

/**
 * Writes files into a folder, all or none: they are written beside it and moved in at the end. Other files that are already
 * there stay. Throws `CommandError`.
 */
export async function writeFolder(dir: string, files: readonly FolderFile[]): Promise<void> {
  const parent = path.dirname(dir);
  let draft: string | null = null;
  try {
    await mkdir(parent, { recursive: true });
    draft = path.join(parent, `.${path.basename(dir)}-${randomUUID()}`);
    await mkdir(draft);
    for (const file of files) {
      if (path.basename(file.path) !== file.path) throw new CommandError('OUT', `${file.path} is not a file name.`);
      await writeFile(path.join(draft, file.path), file.text);
    }
    const there = await readdir(dir).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (there === null) await rename(draft, dir);
    else await cp(draft, dir, { recursive: true, force: true });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const why = {
      ENOSPC: 'The disk is full',
      EACCES: 'This user may not write there',
      ENOTDIR: 'Something on the way is a file',
      EROFS: 'It is read-only',
    }[systemCode(error) ?? ''];
    throw new CommandError('OUT', `Nothing was written to ${dir}. ${why ?? 'It cannot be written'}.`, { cause: error });
  } finally {
    if (draft !== null) await rm(draft, { recursive: true, force: true });
  }
}
