import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const IGNORED = new Set(['node_modules', '.git', '.recon', '.wxt', '.output', 'dist', 'coverage']);

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (IGNORED.has(entry.name)) return [];
    return entry.isDirectory() ? walk(root, path) : [path];
  });
}

/** Files of the project, `/`-separated: what git tracks or would track; every file where there is no git. */
export function trackedFiles(root: string): string[] {
  const git = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  const files = git.status === 0 ? git.stdout.split('\n').filter((file) => file !== '') : walk(root, '');
  return files.filter((file) => existsSync(join(root, file)));
}
