import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'impit';
import type { ClientRequest, ClientResult, HttpClient } from './client.ts';
import { deadline, failed } from './failure.ts';
import type { FromChild, ToChild } from './impit-child.ts';

const CHILD = fileURLToPath(new URL('./impit-child.ts', import.meta.url));
/** Past its own deadline the child is no longer believed to answer. */
const GRACE_MS = 2_000;

interface Child {
  process: ChildProcess;
  caFile: string | null;
  waiting: Map<number, (result: ClientResult | null) => void>;
}

/**
 * A process of its own for each profile: the order of HTTP/2 pseudo headers is one setting of the whole process. Its
 * environment is empty but for the certificate file, so that no proxy variable reaches it.
 */
function startChild(caFile: string | null): Child {
  const process = fork(CHILD, {
    env: caFile === null ? {} : { SSL_CERT_FILE: caFile },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const child: Child = { process, caFile, waiting: new Map() };
  const end = () => {
    for (const answer of child.waiting.values()) answer(null);
    child.waiting.clear();
  };
  process.on('message', (message: FromChild | 'ready') => {
    if (message === 'ready') return;
    child.waiting.get(message.id)?.(message.result);
    child.waiting.delete(message.id);
  });
  process.once('exit', end);
  process.once('error', end);
  process.unref();
  process.channel?.unref();
  return child;
}

/** A client that greets like a browser, in a child process. */
export function impitClient(about: { id: string; name: string; looksLike: string; browser: Browser }): HttpClient {
  let current: Child | null = null;
  let last = 0;

  const childFor = (caFile: string | null): Child => {
    if (current?.process.connected && current.caFile === caFile) return current;
    if (current !== null) current.process.kill();
    current = startChild(caFile);
    return current;
  };

  async function request(request: ClientRequest, proxyUrl: string, signal: AbortSignal): Promise<ClientResult> {
    const startedAt = performance.now();
    const child = childFor(request.caFile);
    const id = (last += 1);
    const limit = deadline(signal, request.timeoutMs + GRACE_MS);
    child.process.channel?.ref();
    try {
      return await new Promise<ClientResult>((resolve) => {
        const onStop = () => {
          child.waiting.delete(id);
          if (child.process.connected) child.process.send({ id, ask: 'stop' } satisfies ToChild, () => undefined);
          resolve(failed(signal.aborted ? 'aborted' : 'timeout', startedAt));
        };
        child.waiting.set(id, (result) => {
          limit.signal.removeEventListener('abort', onStop);
          resolve(result ?? failed('connect', startedAt));
        });
        if (limit.signal.aborted) {
          onStop();
          return;
        }
        limit.signal.addEventListener('abort', onStop, { once: true });
        const message: ToChild = { id, ask: 'request', browser: about.browser, request, proxyUrl };
        child.process.send(message, (error) => {
          if (error !== null) child.waiting.get(id)?.(null);
        });
      });
    } finally {
      if (child.waiting.size === 0) child.process.channel?.unref();
    }
  }

  return {
    id: about.id,
    name: about.name,
    looksLike: about.looksLike,
    protocols: ['http/1.1', 'h2'],
    request,
    available: () => Promise.resolve(true),
    close: async () => {
      const child = current;
      if (child === null || child.waiting.size > 0) return;
      current = null;
      if (child.process.exitCode !== null || child.process.signalCode !== null) return;
      await new Promise<void>((done) => {
        child.process.ref();
        child.process.once('exit', () => {
          done();
        });
        child.process.kill();
      });
    },
  };
}
