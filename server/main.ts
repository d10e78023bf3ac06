import { z } from 'zod';
import { VERSION } from '#shared/version.ts';
import { CODE_LIFE_MS, issueCode } from './accounts/issue-code.ts';
import { ensureAccount } from './db/lookups.ts';
import { blobSettings, openDeps, type Deps } from './deps.ts';
import { readSettings, SettingsError, type Settings } from './env.ts';
import { AppError, isAppError, systemCode } from './errors.ts';
import { startApiServer } from './http/server.ts';
import { startWorker } from './jobs/worker.ts';
import { createLogger, type Logger } from './logger.ts';

/** What a running server tells whoever started it: over the IPC channel where there is one, else one JSON line on stdout. */
export type Notice =
  | { type: 'ready'; role: Settings['role']; version: string; url: string; pid: number; embedded: boolean }
  /** A one-time code for `POST /connect`. */
  | { type: 'code'; code: string; expiresAt: string };

export interface RunningServer {
  /** Where it listens; empty for a worker. */
  url: string;
  /** Makes a one-time code of the local account; refused unless the server is its user's own. */
  issueCode: () => Promise<Notice>;
  stop: () => Promise<void>;
}

const LOCAL_ACCOUNT = 'local';
const THREAD_MEGABYTES = 2048;
const CODE_MARGIN_MS = 15_000;
const EXIT_MS = 24_000;
const askSchema = z.object({ type: z.enum(['stop', 'issue-code']) });

const startWork = (deps: Deps) => {
  const { settings, log } = deps;
  return startWorker({
    db: deps.db,
    queue: deps.queue,
    wrapper: deps.wrapper,
    blobs: blobSettings(settings, deps.spoolDir),
    store: deps.blobs,
    outward: {
      allowPrivate: settings.egressAllowPrivate,
      proxySecretArn: settings.proxySecretArn,
      proxySecretFile: settings.proxySecretFile,
      model: settings.model,
    },
    slots: settings.workerSlots,
    threadMegabytes: THREAD_MEGABYTES,
    keep: {
      unsealedSeconds: settings.limits.recordingHours * 3600,
      vaultSeconds: settings.limits.vaultHours * 3600,
      reportSeconds: settings.limits.reportDays * 86_400,
    },
    now: deps.now,
    onError: (error) => log.error('worker error', { error }),
    onFault: (scanId, fault) =>
      log.warn('step errored', {
        scanId,
        step: fault.step,
        code: fault.code ?? fault.name,
        reason: fault.frames[0] ?? '',
      }),
    onSwept: ({ expired, vaultsClosed, reportsErased, requeued, blobsDeleted }) =>
      log.info('swept', { count: expired + vaultsClosed + reportsErased + requeued + blobsDeleted }),
  });
};

/** Starts what `ROLE` names. When any part fails, what was started is stopped again before the error leaves. */
export async function startServer(
  settings: Settings,
  options: { log: Logger; announce: (notice: Notice) => void },
): Promise<RunningServer> {
  const { log, announce } = options;
  const opened = await openDeps(settings, log);
  const { deps } = opened;
  const stops: (() => Promise<void>)[] = [opened.close];
  const stop = async (): Promise<void> => {
    for (const next of stops.splice(0).reverse()) {
      await next().catch((error: unknown) => log.error('stopping failed', { error }));
    }
  };
  try {
    if (settings.role !== 'api') {
      const worker = await startWork(deps);
      stops.push(worker.stop);
    }
    let url = '';
    if (settings.role !== 'worker') {
      const api = await startApiServer(deps);
      stops.push(api.close);
      url = api.url;
    }
    log.info('ready', { role: settings.role });
    announce({
      type: 'ready',
      role: settings.role,
      version: VERSION,
      url,
      pid: process.pid,
      embedded: settings.embedded,
    });
    return {
      url,
      stop,
      issueCode: async () => {
        if (!settings.localOwner)
          throw new AppError('FORBIDDEN', 'This server gives no one-time codes. Use an API key.');
        const { code, expiresAt } = await issueCode(deps, await ensureAccount(deps.db, LOCAL_ACCOUNT));
        return { type: 'code', code, expiresAt: expiresAt.toISOString() };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Why the server cannot start, in one line with the remedy; null for what nobody foresaw. */
export function explainStart(
  error: unknown,
  settings: Pick<Settings, 'host' | 'port' | 'dataDir'> | null,
): string | null {
  if (error instanceof SettingsError || isAppError(error)) return error.message;
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return `Port ${settings?.port} on ${settings?.host} is taken, perhaps by another browser-recon. Stop that program, or set PORT to a free port.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `This user may not write ${settings?.dataDir} or listen on port ${settings?.port}. Set DATA_DIR to a folder of yours, or PORT to a number above 1024.`;
    case 'ENOSPC':
      return `The disk that holds ${settings?.dataDir} is full. Free some room, or set DATA_DIR to a folder on another disk.`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'CONNECT_TIMEOUT':
      return 'The database at DATABASE_URL cannot be reached. Start it, or correct the setting.';
    case '28P01':
    case '28000':
      return 'The database refuses the user or password in DATABASE_URL or DATABASE_OWNER_URL. Correct the setting.';
    default:
      return null;
  }
}

async function run(): Promise<void> {
  let settings: Settings | null = null;
  let log = createLogger({ level: 'info' });
  let server: RunningServer | null = null;
  let leaving = false;
  const leave = (code: number): void => {
    if (leaving) return;
    leaving = true;
    setTimeout(() => process.exit(code === 0 ? 1 : code), EXIT_MS).unref();
    void Promise.resolve(server?.stop()).finally(() => process.exit(code));
  };
  process.on('uncaughtException', (error) => {
    log.error('uncaught', { error });
    leave(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(0));
  const tell = (notice: Notice): void => {
    if (process.send === undefined) process.stdout.write(`${JSON.stringify(notice)}\n`);
    else process.send(notice);
  };
  const tellCode = async (): Promise<void> => {
    if (server !== null) tell(await server.issueCode());
  };
  const onCodeError = (error: unknown): void => log.error('no connect code', { error });
  // Started with an IPC channel: the parent asks over it, and its end is ours.
  process.on('disconnect', () => leave(0));
  process.on('message', (message: unknown) => {
    const asked = askSchema.safeParse(message);
    if (!asked.success) return;
    if (asked.data.type === 'stop') leave(0);
    else tellCode().catch(onCodeError);
  });
  try {
    settings = readSettings();
    log = createLogger({ level: settings.logLevel });
    server = await startServer(settings, { log, announce: tell });
    if (process.send === undefined && settings.localOwner && settings.role !== 'worker') {
      // Nobody can ask, so a fresh code is always on offer.
      await tellCode();
      setInterval(() => void tellCode().catch(onCodeError), CODE_LIFE_MS - CODE_MARGIN_MS);
    }
  } catch (error) {
    const why = explainStart(error, settings);
    if (why === null) log.error('start failed', { error });
    process.stderr.write(
      `${why ?? 'The server could not start; the line above says where. Report it with that line.'}\n`,
    );
    leave(1);
  }
}

if (import.meta.main) await run();
