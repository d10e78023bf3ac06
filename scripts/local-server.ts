import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { startEmbedded } from '#server/db/embedded.ts';
import { ROOT } from './run-program.ts';
import { Remedy, say } from './say.ts';

const NEEDED_BYTES = 300e6;
const STOP_MS = 30_000;
const MAX_RESTARTS = 5;

/** What a server process tells its parent over the IPC channel. */
const childMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string() }),
  z.object({ type: z.literal('code'), code: z.string() }),
]);

export interface LocalServer {
  url: string;
  /** A new one-time connect code: single use, 5 minutes, loopback only. */
  issueCode: () => Promise<string>;
  /** Process id of the worker that runs now; a dead one is replaced. */
  workerPid: () => number | undefined;
  stop: () => Promise<void>;
}

export interface LocalServerOptions {
  dataDir: string;
  port: number;
  /** `host:port` pairs that replays may reach although they are on this machine. */
  allowPrivate?: readonly string[];
  /** An existing database instead of the embedded one. */
  database?: { url: string; ownerUrl: string };
  env?: Record<string, string>;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const lockSchema = z.object({ pid: z.number().int(), url: z.string() });

function takeLock(dataDir: string, url: string): string {
  const file = join(dataDir, 'instance.json');
  try {
    const other = lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (other.pid !== process.pid && isAlive(other.pid))
      throw new Remedy(
        `another instance (process ${other.pid}) already serves ${dataDir} at ${other.url}. Use that one, or stop it first.`,
      );
  } catch (error) {
    if (error instanceof Remedy) throw error;
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 });
  return file;
}

function checkPort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Remedy(
          error.code === 'EADDRINUSE'
            ? `port ${port} is in use. Stop what uses it, or choose another: npm start -- --port ${port + 1}`
            : `port ${port} cannot be opened (${error.code ?? error.message}).`,
        ),
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

function checkDisk(dataDir: string): void {
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < NEEDED_BYTES)
    throw new Remedy(
      `the disk of ${dataDir} has ${Math.floor((bavail * bsize) / 1e6)} MB left; ${NEEDED_BYTES / 1e6} MB are needed. Free space, then start again.`,
    );
}

function startProcess(
  role: 'api' | 'worker',
  env: Record<string, string>,
): { child: ChildProcess; ready: Promise<string> } {
  const child = fork(join(ROOT, 'server', 'main.ts'), [], {
    cwd: ROOT,
    execArgv: ['--import', import.meta.resolve('tsx')],
    env: { ...process.env, ...env, ROLE: role },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Ctrl-C must reach the children through their parent alone, in order.
    detached: process.platform !== 'win32',
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.on('message', (message) => {
      const parsed = childMessageSchema.safeParse(message);
      if (parsed.success && parsed.data.type === 'ready') resolve(parsed.data.url);
    });
    child.once('exit', (code) =>
      reject(
        new Remedy(
          `the ${role} process ended with exit code ${code ?? 'none'} before it was ready; the lines above say why.`,
        ),
      ),
    );
    child.once('error', reject);
  });
  return { child, ready };
}

function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    if (child.connected) child.send({ type: 'stop' });
    else child.kill('SIGTERM');
  });
}

/** Real PostgreSQL, an API process and a worker process under one folder; a worker that dies is started again. */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  checkDisk(options.dataDir);
  const lock = takeLock(options.dataDir, `http://127.0.0.1:${options.port}`);
  const undo: (() => Promise<void> | void)[] = [() => rmSync(lock, { force: true })];
  const unwind = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    await checkPort(options.port);
    const env: Record<string, string> = {
      DATA_DIR: options.dataDir,
      PORT: String(options.port),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      REPORT_LOCAL_OWNER: '1',
      EGRESS_ALLOW_PRIVATE: (options.allowPrivate ?? []).join(','),
      ...options.env,
    };
    if (options.database) {
      Object.assign(env, { DATABASE_URL: options.database.url, DATABASE_OWNER_URL: options.database.ownerUrl });
    } else if (!process.env['DATABASE_URL']) {
      say('Starting PostgreSQL …');
      const postgres = await startEmbedded({ dir: join(options.dataDir, 'postgres') });
      undo.push(() => postgres.stop());
      Object.assign(env, { DATABASE_URL: postgres.appUrl, DATABASE_OWNER_URL: postgres.ownerUrl });
    }
    say('Starting the API and a worker …');
    let stopping = false;
    const api = startProcess('api', env);
    undo.push(() => stopProcess(api.child));
    const url = await api.ready;
    let worker = startProcess('worker', env);
    undo.push(() => {
      stopping = true;
      return stopProcess(worker.child);
    });
    await worker.ready;
    let restarts = 0;
    const watch = (child: ChildProcess) =>
      child.once('exit', (code, signal) => {
        if (stopping || ++restarts > MAX_RESTARTS) return;
        say(`The worker ended (${signal ?? `exit code ${code}`}); starting another.`);
        worker = startProcess('worker', env);
        worker.ready.catch((error: unknown) => say(String(error)));
        watch(worker.child);
      });
    watch(worker.child);
    return {
      url,
      workerPid: () => worker.child.pid,
      issueCode: () =>
        new Promise((resolve, reject) => {
          const onMessage = (message: unknown) => {
            const parsed = childMessageSchema.safeParse(message);
            if (!parsed.success || parsed.data.type !== 'code') return;
            api.child.off('message', onMessage);
            resolve(parsed.data.code);
          };
          api.child.on('message', onMessage);
          api.child.once('exit', () => reject(new Error('the API process ended')));
          api.child.send({ type: 'issue-code' });
        }),
      stop: unwind,
    };
  } catch (error) {
    await unwind();
    throw error instanceof Error && 'code' in error && error.code === 'ENOSPC'
      ? new Remedy(`the disk of ${options.dataDir} is full. Free space, then start again.`)
      : error;
  }
}
