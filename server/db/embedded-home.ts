import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { AppError } from '../errors.ts';
import type { RunAs } from './embedded-binaries.ts';

/** What a fresh cluster with its log takes, with room to work. */
const NEEDED_BYTES = 300_000_000;

/** PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`. */
export function chooseUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new AppError(
    'UNAVAILABLE',
    'PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody" to run it as. Start as another user, or set DATABASE_URL.',
  );
}

function own(folder: string, runAs: RunAs): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (runAs.uid === undefined || runAs.gid === undefined) return;
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || (stat.uid !== 0 && stat.uid !== runAs.uid))
    throw new AppError(
      'CONFLICT',
      'The folder meant for PostgreSQL belongs to another user. Remove it and start again.',
    );
  chownSync(folder, runAs.uid, runAs.gid);
  chmodSync(folder, 0o700);
}

function canEnter(folder: string, runAs: RunAs): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...runAs, cwd: '/', stdio: 'ignore', env: {} });
    return true;
  } catch {
    return false;
  }
}

/** The folder for the cluster: below `dir`, or below /var/tmp when the user PostgreSQL runs as cannot enter `dir`. */
export function chooseHome(dir: string, runAs: RunAs): string {
  const inside = path.join(dir, 'postgres');
  own(inside, runAs);
  if (runAs.uid === undefined || canEnter(inside, runAs)) return inside;
  rmSync(inside, { recursive: true });
  const name = createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 16);
  const outside = path.join('/var/tmp', `recon-${name}`);
  own(outside, runAs);
  return outside;
}

/** Throws `DISK_FULL` when the disk of `home` has no room for a database. */
export function requireSpace(home: string, freeBytes: (folder: string) => number = freeBytesOf): void {
  const free = freeBytes(home);
  if (free >= NEEDED_BYTES) return;
  throw new AppError(
    'DISK_FULL',
    `The disk is full: ${Math.floor(free / 1e6)} MB are free where the database lives, and it needs ${NEEDED_BYTES / 1e6} MB. Free some space and start again.`,
  );
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
