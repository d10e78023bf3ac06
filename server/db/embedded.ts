import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { findBinaries, type RunAs } from './embedded-binaries.ts';
import { chooseHome, chooseUser, requireSpace } from './embedded-home.ts';
import { claimFolder } from './embedded-claim.ts';
import { prepareDatabase } from './prepare.ts';

export interface EmbeddedOptions {
  /** Where passwords and, if the user PostgreSQL runs as can enter it, the data live. Created when missing. */
  dir: string;
  /** Extra settings (`fsync=off` in tests). */
  settings?: readonly string[];
  /** Free bytes of the disk of a folder. */
  freeBytes?: (folder: string) => number;
}

export interface Embedded {
  /** As the owner, for migrations and test databases. */
  ownerUrl: string;
  /** As `recon_app`; what the server runs with. */
  appUrl: string;
  port: number;
  /** Where the data lie: below `dir`, or below /var/tmp when PostgreSQL's user cannot enter `dir`. */
  home: string;
  /** It was left running by an earlier process. */
  adopted: boolean;
  stop: () => Promise<void>;
}

interface Place {
  home: string;
  data: string;
  bin: string;
  log: string;
  runAs: RunAs;
}

const DATABASE = 'recon';
const OWNER = 'recon_owner';
const SETTINGS = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 120
shared_buffers = 64MB
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
`;

const secretsSchema = z.object({
  port: z.number().int(),
  ownerPassword: z.string(),
  appPassword: z.string(),
});
type Secrets = z.infer<typeof secretsSchema>;

const run = promisify(execFile);

const readSecrets = (file: string): Secrets | null => {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
};
const writeSecrets = (file: string, secrets: Secrets) => writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });

const listenOn = (port: number) =>
  new Promise<number | null>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });

const ownerUrl = (secrets: Secrets, database: string) =>
  `postgres://${OWNER}:${secrets.ownerPassword}@127.0.0.1:${secrets.port}/${database}`;

const textOf = (error: unknown) =>
  error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : String(error);

function explain(detail: string): never {
  if (/No space left on device/i.test(detail))
    throw new AppError('DISK_FULL', 'The disk is full: PostgreSQL could not write. Free some space and start again.');
  const line =
    detail
      .trim()
      .split('\n')
      .findLast((entry) => /FATAL|PANIC|ERROR|error/.test(entry)) ?? '';
  const said = line.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '').replace(/"?\/[^\s"]+"?/g, 'a file');
  throw new AppError('UNAVAILABLE', `PostgreSQL did not start${said ? `: ${said}` : ''}.`, { cause: detail });
}

async function initialise(place: Place, secretsFile: string): Promise<Secrets> {
  rmSync(place.data, { recursive: true, force: true });
  const secrets = {
    port: 0,
    ownerPassword: randomBytes(24).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
  };
  const passwordFile = path.join(place.home, 'password');
  writeFileSync(passwordFile, `${secrets.ownerPassword}\n`, { mode: 0o600 });
  if (place.runAs.uid !== undefined) chownSync(passwordFile, place.runAs.uid, place.runAs.gid ?? 0);
  try {
    const options = ['-D', place.data, '-U', OWNER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    await run(path.join(place.bin, 'initdb'), [...options, '-E', 'UTF8', '--locale=C', '--data-checksums'], {
      ...place.runAs,
      cwd: place.home,
      env: { LC_ALL: 'C', TZ: 'UTC' },
    });
    writeFileSync(path.join(place.data, 'postgresql.conf'), SETTINGS, { flag: 'a' });
    writeFileSync(path.join(place.data, 'initialised'), '');
  } catch (error) {
    rmSync(place.data, { recursive: true, force: true });
    explain(textOf(error));
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeSecrets(secretsFile, secrets);
  return secrets;
}

async function answers(url: string, data: string): Promise<boolean> {
  const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    const [row] = await client`select current_setting('data_directory') as folder`;
    return typeof row?.['folder'] === 'string' && path.resolve(row['folder']) === path.resolve(data);
  } catch {
    return false;
  } finally {
    await client.end({ timeout: 1 });
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const isPostgres = (pid: number): boolean => {
  try {
    return /postgres/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
};

/** The port of a PostgreSQL that an earlier process left running on these data, or null. */
async function findOrphan(place: Place, secrets: Secrets): Promise<number | null> {
  const file = path.join(place.data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pidText, , , portText] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(pidText);
  if (!isAlive(pid) || !isPostgres(pid)) {
    rmSync(file, { force: true });
    return null;
  }
  const port = Number(portText);
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await answers(ownerUrl({ ...secrets, port }, 'postgres'), place.data)) return port;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new AppError(
    'CONFLICT',
    `Process ${pid} holds the database folder but does not answer. Stop it and start again.`,
  );
}

/** Starts through `pg_ctl`, which waits until connections are taken; resolves false when the port was taken meanwhile. */
async function launch(place: Place, port: number, settings: readonly string[]): Promise<boolean> {
  const log = openSync(place.log, 'w', 0o600);
  const options = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(' ');
  const child = spawn(path.join(place.bin, 'pg_ctl'), ['start', '-D', place.data, '-w', '-t', '60', '-o', options], {
    ...place.runAs,
    cwd: place.home,
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.platform === 'win32' ? '' : '/usr/bin:/bin' },
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
  });
  closeSync(log);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('exit', resolve);
  });
  if (code === 0) return true;
  const said = readFileSync(place.log, 'utf8');
  if (/could not (bind|create any TCP)/i.test(said)) return false;
  return explain(said);
}

async function start(place: Place, secrets: Secrets, settings: readonly string[]): Promise<number> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const kept = attempt === 0 && secrets.port > 0 ? await listenOn(secrets.port) : null;
    const port = kept ?? (await listenOn(0));
    if (port !== null && (await launch(place, port, settings))) return port;
  }
  throw new AppError('UNAVAILABLE', 'No free port was found for PostgreSQL on 127.0.0.1.');
}

async function stop(place: Place): Promise<void> {
  const options = { ...place.runAs, cwd: place.home, env: { LC_ALL: 'C' } };
  const pgCtl = path.join(place.bin, 'pg_ctl');
  await run(pgCtl, ['stop', '-D', place.data, '-m', 'fast', '-w', '-t', '20'], options).catch(() =>
    run(pgCtl, ['stop', '-D', place.data, '-m', 'immediate', '-w', '-t', '10'], options).catch(() => undefined),
  );
}

async function createDatabase(secrets: Secrets): Promise<void> {
  const client = postgres(ownerUrl(secrets, 'postgres'), { max: 1, onnotice: () => undefined });
  try {
    const found = await client`select 1 from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await client.unsafe(`create database ${DATABASE}`);
  } finally {
    await client.end({ timeout: 5 });
  }
}

/**
 * Starts a real PostgreSQL below `dir`, or takes over one that an earlier process left running, and brings its database
 * and the role `recon_app` to this version. It keeps its port from start to start when that is free. Throws `AppError`:
 * `CONFLICT` when another server uses the folder, `DISK_FULL`, `UNAVAILABLE` with the reason.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const dir = path.resolve(options.dir);
  const claim = await claimFolder(dir);
  let started: Place | null = null;
  try {
    const runAs = chooseUser();
    const home = chooseHome(dir, runAs);
    requireSpace(home, options.freeBytes);
    const bin = findBinaries(home, runAs);
    const place = { home, data: path.join(home, 'data'), bin, log: path.join(home, 'postgres.log'), runAs };
    const file = path.join(dir, 'postgres.json');
    const kept = existsSync(path.join(place.data, 'initialised')) ? readSecrets(file) : null;
    const secrets = kept ?? (await initialise(place, file));
    const orphan = kept ? await findOrphan(place, kept) : null;
    started = place;
    const port = orphan ?? (await start(place, secrets, options.settings ?? []));
    const current = { ...secrets, port };
    writeSecrets(file, current);
    await createDatabase(current);
    const owner = ownerUrl(current, DATABASE);
    const { appUrl } = await prepareDatabase({ ownerUrl: owner, appPassword: secrets.appPassword });
    return {
      ownerUrl: owner,
      appUrl,
      port,
      home,
      adopted: orphan !== null,
      stop: async () => {
        await stop(place);
        await claim.release();
      },
    };
  } catch (error) {
    if (started) await stop(started);
    await claim.release();
    throw error;
  }
}
