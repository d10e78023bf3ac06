import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './run-program.ts';
import { Remedy, say } from './say.ts';

const STOP_MS = 30_000;
const MAX_RESTARTS = 5;
const RESTARTS_WITHIN_MS = 60_000;

/** What a server process tells its parent over the IPC channel. */
const noticeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string() }),
  z.object({ type: z.literal('code'), code: z.string() }),
]);

export interface ServerProcess {
  /** Where it listens; empty for a worker. */
  url: string;
  pid: () => number | undefined;
  /** Asks for a connect code. */
  askCode: () => Promise<string>;
  stop: () => Promise<void>;
}

function forkServer(role: 'api' | 'worker', env: Record<string, string>) {
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
      const notice = noticeSchema.safeParse(message);
      if (notice.success && notice.data.type === 'ready') resolve(notice.data.url);
    });
    child.once('exit', (code, signal) =>
      reject(
        new Remedy(
          `the ${role} process ended (${signal ?? `exit code ${code}`}) before it was ready; the lines above say why.`,
        ),
      ),
    );
    child.once('error', reject);
  });
  return { child, ready };
}

function endProcess(child: ChildProcess): Promise<void> {
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

function askCode(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      child.off('message', onMessage);
      child.off('exit', onExit);
    };
    const onExit = () => {
      settle();
      reject(new Remedy('the api process ended before it gave a connect code.'));
    };
    const onMessage = (message: unknown) => {
      const notice = noticeSchema.safeParse(message);
      if (!notice.success || notice.data.type !== 'code') return;
      settle();
      resolve(notice.data.code);
    };
    if (!child.connected) return onExit();
    child.on('message', onMessage);
    child.once('exit', onExit);
    child.send({ type: 'issue-code' });
  });
}

/**
 * Starts a server process and keeps one running: when it ends by itself another takes its place. `onGiveUp` is told, once,
 * when they end too often. Throws `Remedy` when the first does not come up.
 */
export async function keepServerProcess(
  role: 'api' | 'worker',
  env: Record<string, string>,
  onGiveUp: (reason: Remedy) => void,
): Promise<ServerProcess> {
  let current = forkServer(role, env);
  const restarts: number[] = [];
  let stopping = false;
  const watch = (child: ChildProcess) =>
    child.once('exit', (code, signal) => {
      if (stopping) return;
      const why = signal ?? `exit code ${code}`;
      const now = Date.now();
      restarts.push(now);
      if (restarts.filter((at) => now - at < RESTARTS_WITHIN_MS).length > MAX_RESTARTS)
        return onGiveUp(new Remedy(`the ${role} process ended again and again (${why}); the lines above say why.`));
      say(`The ${role} process ended (${why}); starting another.`);
      current = forkServer(role, env);
      // Its end is seen by the watch as well.
      current.ready.catch(() => undefined);
      watch(current.child);
    });
  const url = await current.ready;
  watch(current.child);
  return {
    url,
    pid: () => current.child.pid,
    askCode: () => askCode(current.child),
    stop: () => {
      stopping = true;
      return endProcess(current.child);
    },
  };
}
