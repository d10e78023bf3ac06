import { Impit, type Browser } from 'impit';
import type { ClientRequest, ClientResult } from './client.ts';
import { classifyError, failed } from './failure.ts';

/** What the parent asks over the process channel; `id` ties answer to question. */
export type ToChild =
  | { id: number; ask: 'request'; browser: Browser; request: ClientRequest; proxyUrl: string }
  | { id: number; ask: 'stop' };
export interface FromChild {
  id: number;
  result: ClientResult;
}

const running = new Map<number, AbortController>();

async function readCapped(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<{ body: Uint8Array; truncated: boolean }> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { body: Buffer.concat(chunks), truncated: false };
    chunks.push(bytes + value.length > maxBytes ? value.subarray(0, maxBytes - bytes) : value);
    bytes += value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      return { body: Buffer.concat(chunks), truncated: true };
    }
  }
}

async function run(message: Extract<ToChild, { ask: 'request' }>): Promise<ClientResult> {
  const { request, proxyUrl, browser, id } = message;
  const startedAt = performance.now();
  const stop = new AbortController();
  running.set(id, stop);
  const timer = AbortSignal.timeout(request.timeoutMs);
  try {
    const client = new Impit({
      browser,
      proxyUrl,
      followRedirects: false,
      vanillaFallback: false,
      timeout: request.timeoutMs,
    });
    const answer = await client.fetch(request.url, {
      method: request.method,
      headers: request.headers.map(([name, value]): [string, string] => [name, value]),
      signal: AbortSignal.any([stop.signal, timer]),
    });
    const read =
      request.method === 'HEAD'
        ? { body: new Uint8Array(), truncated: false }
        : await readCapped(answer.body, request.maxBodyBytes);
    return {
      ok: true,
      status: answer.status,
      headers: [...answer.headers.entries()],
      ...read,
      httpVersion: null,
      durationMs: performance.now() - startedAt,
    };
  } catch (error) {
    return failed(classifyError(error, { aborted: stop.signal.aborted, timedOut: timer.aborted }), startedAt);
  } finally {
    running.delete(id);
  }
}

process.on('message', (message: ToChild) => {
  if (message.ask === 'stop') {
    running.get(message.id)?.abort();
    return;
  }
  void run(message).then((result) => {
    const reply: FromChild = { id: message.id, result };
    process.send?.(reply);
  });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
