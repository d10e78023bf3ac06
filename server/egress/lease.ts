import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { EgressDecision, EgressLease, LeaseRequest } from './port.ts';
import { parseTarget, targetKey, type Target } from './targets.ts';

/** One attempt's right to go out: which targets, how many bytes, how long. */
export interface Lease {
  readonly id: string;
  readonly request: LeaseRequest;
  allows(target: Target): boolean;
  matches(password: string): boolean;
  note(decision: EgressDecision): void;
  /** Holds the stream until it closes; false when the lease is over. */
  hold(stream: Duplex): boolean;
  /** Counts bytes in either direction; cuts everything when there were too many. */
  count(bytes: number): void;
}

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export function openLease(
  request: LeaseRequest,
  options: { port: number; onDecision: (decision: EgressDecision) => void; onClose: (id: string) => void },
): { lease: Lease; port: EgressLease } {
  const id = randomBytes(9).toString('hex');
  const password = randomBytes(24).toString('hex');
  const allowed = new Set(
    request.allow.flatMap((authority) => {
      const target = parseTarget(authority);
      return target === null ? [] : [targetKey(target)];
    }),
  );
  const decisions: EgressDecision[] = [];
  const streams = new Set<Duplex>();
  let bytes = 0;
  let open = true;
  let last: Target | null = null;

  const note = (decision: EgressDecision) => {
    decisions.push(decision);
    options.onDecision(decision);
  };
  const cut = (reason: string) => {
    if (!open) return;
    if (last !== null) note({ host: last.host, port: last.port, address: null, allowed: false, reason });
    end();
  };
  const end = () => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    options.onClose(id);
    for (const stream of streams) stream.destroy();
    streams.clear();
  };
  const timer = setTimeout(() => {
    cut(`cut off after ${Math.round(request.timeoutMs / 100) / 10} s`);
  }, request.timeoutMs);
  timer.unref();

  const lease: Lease = {
    id,
    request,
    allows: (target) => {
      last = target;
      return allowed.has(targetKey(target));
    },
    matches: (given) => same(given, password),
    note,
    hold: (stream) => {
      if (!open) {
        stream.destroy();
        return false;
      }
      if (streams.has(stream)) return true;
      streams.add(stream);
      stream.once('close', () => streams.delete(stream));
      return true;
    },
    count: (more) => {
      bytes += more;
      if (bytes > request.maxBytes) cut(`cut off after ${request.maxBytes} bytes`);
    },
  };
  return {
    lease,
    port: {
      proxyUrl: `http://${id}:${password}@127.0.0.1:${options.port}`,
      decisions: () => [...decisions],
      close: () => {
        end();
        return Promise.resolve();
      },
    },
  };
}
