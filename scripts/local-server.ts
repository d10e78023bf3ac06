import { createServer } from 'node:net';
import { join } from 'node:path';
import { startEmbedded } from '#server/db/embedded.ts';
import { claimDataFolder } from './data-folder.ts';
import { Remedy, say } from './say.ts';
import { keepServerProcess } from './server-process.ts';

export interface LocalServer {
  url: string;
  /** A new one-time connect code: single use, 5 minutes, loopback only. */
  issueCode: () => Promise<string>;
  /** Process id of the worker that runs now; a dead one is replaced. */
  workerPid: () => number | undefined;
  /** Resolves with the reason when a process of it ended so often that it cannot go on. */
  gaveUp: Promise<Remedy>;
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
  /** Done when folder and port are known to be free, before anything is started. */
  prepare?: () => Promise<unknown>;
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

/** Real PostgreSQL, an API process and a worker process under one folder; a process that dies is started again. */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const release = await claimDataFolder(options.dataDir, `http://127.0.0.1:${options.port}`);
  const undo: (() => Promise<void>)[] = [release];
  const unwind = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    await checkPort(options.port);
    await options.prepare?.();
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
    const { promise: gaveUp, resolve: giveUp } = Promise.withResolvers<Remedy>();
    const api = await keepServerProcess('api', env, giveUp);
    undo.push(api.stop);
    const worker = await keepServerProcess('worker', env, giveUp);
    undo.push(worker.stop);
    return { url: api.url, workerPid: worker.pid, issueCode: api.askCode, gaveUp, stop: unwind };
  } catch (error) {
    await unwind();
    throw error instanceof Error && 'code' in error && error.code === 'ENOSPC'
      ? new Remedy(`the disk of ${options.dataDir} is full. Free space, then start again.`)
      : error;
  }
}
