import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { childEnvironment } from '../env.ts';
import { CommandError } from './command.ts';

const noticeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string() }),
  z.object({ type: z.literal('code'), code: z.string() }),
]);

export interface OwnServer {
  url: string;
  /** A one-time code of it. */
  code: string;
  stop: () => Promise<void>;
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/**
 * Starts an embedded server as a process of its own, which ends with this one. `settings` go over the environment. Throws
 * `CommandError` with the line the server gave as its reason.
 */
export function startOwnServer(settings: Record<string, string>): Promise<OwnServer> {
  const child = fork(MAIN, [], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    env: childEnvironment({ ROLE: 'all', LOG_LEVEL: 'silent', ...settings }),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.connected) child.send({ type: 'stop' });
    await ended;
  };
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    let url = '';
    child.on('message', (message: unknown) => {
      const notice = noticeSchema.safeParse(message);
      if (!notice.success) return;
      if (notice.data.type === 'code') return resolve({ url, code: notice.data.code, stop });
      url = notice.data.url;
      child.send({ type: 'issue-code' });
    });
    void ended.then(() =>
      reject(new CommandError('SERVER', complaint.trim().split('\n').at(-1) || 'The server could not be started.')),
    );
  });
}
