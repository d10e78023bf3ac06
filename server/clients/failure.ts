import type { ClientFailure, FailureKind } from './client.ts';

const WORDS: Readonly<Record<FailureKind, string>> = {
  timeout: 'no complete answer in time',
  aborted: 'stopped',
  proxy: 'the way out was refused',
  tls: 'the secure connection failed',
  connect: 'the connection failed',
  protocol: 'the answer was not proper HTTP',
};

/** Codes and names of an error and of everything that caused it; messages of third-party code are looked at, never passed on. */
function traces(error: unknown): string {
  const seen: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    seen.push(current.name, current.message, 'code' in current ? String(current.code) : '');
    current = current.cause;
  }
  return seen.join(' ');
}

export function classifyError(error: unknown, state: { timedOut: boolean; aborted: boolean }): FailureKind {
  if (state.aborted) return 'aborted';
  if (state.timedOut) return 'timeout';
  const text = traces(error);
  if (
    /proxy (?:response|tunnel|error|connection)|ProxyTunnelError|ProxyAuthRequired|ProxyError|CONNECT tunnel failed|UND_ERR_PRX|HTTP code 40[37] from proxy|HTTP code 502 from proxy/i.test(
      text,
    )
  )
    return 'proxy';
  if (/timed? ?out|UND_ERR_(?:HEADERS|BODY|CONNECT)_TIMEOUT|ETIMEDOUT/i.test(text)) return 'timeout';
  if (/certificate|CERT_|ERR_TLS|SSL|TLS|UNABLE_TO_VERIFY|SELF_SIGNED|handshake/i.test(text)) return 'tls';
  if (/HPE_|HTTP2|h2 error|protocol|parse/i.test(text)) return 'protocol';
  return 'connect';
}

export const failed = (kind: FailureKind, startedAt: number): ClientFailure => ({
  ok: false,
  kind,
  message: WORDS[kind],
  durationMs: performance.now() - startedAt,
});

/** A signal that fires when the caller stops or the time is over, and tells which. */
export function deadline(signal: AbortSignal, timeoutMs: number) {
  const timer = AbortSignal.timeout(timeoutMs);
  const both = AbortSignal.any([signal, timer]);
  return { signal: both, state: () => ({ aborted: signal.aborted, timedOut: timer.aborted }) };
}
