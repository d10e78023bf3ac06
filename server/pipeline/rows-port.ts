import type { MessagePort } from 'node:worker_threads';
import type { PipelineRows } from './store.ts';

type Method = keyof PipelineRows;
interface Call {
  id: number;
  method: Method;
  args: unknown[];
}
type Answer = { id: number; value: unknown } | { id: number; failed: string };

/** The main thread could not do what the worker thread asked; `code` says why, nothing else crosses. */
export class RowsFailed extends Error {
  override readonly name = 'RowsFailed';
  readonly code: string;
  constructor(code: string) {
    super(`rows: ${code}`);
    this.code = code;
  }
}

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

/**
 * Both ends of this port are this file, so a call's arguments are what `connectRows` was given and an answer is what the
 * rows returned: the one cast on each side.
 */
const invoke = (rows: PipelineRows, call: Call): Promise<unknown> =>
  (rows[call.method] as (...args: unknown[]) => Promise<unknown>)(...call.args);

/** Does in this thread what the other end asks, one call after the other. */
export function serveRows(port: MessagePort, rows: PipelineRows): void {
  let last: Promise<unknown> = Promise.resolve();
  port.on('message', (call: Call) => {
    last = last.then(async () => {
      const answer = await invoke(rows, call).then(
        (value): Answer => ({ id: call.id, value }),
        (error: unknown): Answer => ({ id: call.id, failed: codeOf(error) }),
      );
      port.postMessage(answer);
    });
  });
}

/** The rows of another thread. A refused call throws `RowsFailed`. */
export function connectRows(port: MessagePort): PipelineRows {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let next = 0;
  port.on('message', (answer: Answer) => {
    const waiting = open.get(answer.id);
    open.delete(answer.id);
    if ('failed' in answer) waiting?.reject(new RowsFailed(answer.failed));
    else waiting?.resolve(answer.value);
  });
  port.on('close', () => {
    for (const { reject } of open.values()) reject(new RowsFailed('closed'));
    open.clear();
  });
  const call =
    <M extends Method>(method: M) =>
    (...args: Parameters<PipelineRows[M]>): ReturnType<PipelineRows[M]> => {
      const id = next++;
      return new Promise<unknown>((resolve, reject) => {
        open.set(id, { resolve, reject });
        port.postMessage({ id, method, args } satisfies Call);
      }) as ReturnType<PipelineRows[M]>;
    };
  return {
    checkpoints: call('checkpoints'),
    announce: call('announce'),
    commit: call('commit'),
    pastAttempts: call('pastAttempts'),
    appendAttempt: call('appendAttempt'),
    finish: call('finish'),
  };
}
