import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { claimFolder } from '#server/db/embedded-claim.ts';
import { isAppError } from '#server/errors.ts';
import { Remedy } from './say.ts';

const NEEDED_BYTES = 300e6;

const instanceSchema = z.object({ pid: z.number().int(), url: z.string() });

function describeHolder(file: string): string {
  try {
    const { pid, url } = instanceSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return ` (process ${pid}, ${url})`;
  } catch {
    return '';
  }
}

function checkDisk(dataDir: string): void {
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < NEEDED_BYTES)
    throw new Remedy(
      `the disk of ${dataDir} has ${Math.floor((bavail * bsize) / 1e6)} MB left; ${NEEDED_BYTES / 1e6} MB are needed. Free space, then start again.`,
    );
}

/**
 * Makes this process the only one that serves from the folder; the system takes the claim back when the process dies.
 * Answers what gives it back. Throws `Remedy` when another process holds it or the disk is full.
 */
export async function claimDataFolder(dataDir: string, url: string): Promise<() => Promise<void>> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  checkDisk(dataDir);
  const file = join(dataDir, 'instance.json');
  const claim = await claimFolder(dataDir).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    throw new Remedy(
      `another instance${describeHolder(file)} already serves ${dataDir}. Use that one, or stop it first.`,
    );
  });
  writeFileSync(file, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 });
  return async () => {
    rmSync(file, { force: true });
    await claim.release();
  };
}
