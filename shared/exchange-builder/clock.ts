import type { RequestLog } from './request-log.ts';

/** Turns the browser's monotonic seconds into milliseconds since the epoch. */
export interface Clock {
  /** Falls back to `t`, the recorder's clock, when nothing better is known. */
  toEpochMs(timestamp: number | undefined, log: RequestLog | null, t: number): number;
}

const MAX_EPOCH_MS = 8.64e15;

function isTime(ms: number): boolean {
  return Number.isFinite(ms) && Math.abs(ms) < MAX_EPOCH_MS;
}

/** Wall seconds minus monotonic seconds at the first sending; the wall clock may be set during a recording, the difference then stays. */
function offsetOf(log: RequestLog): { timestamp: number; offset: number } | null {
  const sources = [
    log.rounds[0]?.sent.find((p) => p.wallTime !== undefined && p.timestamp !== undefined),
    log.socket.handshake,
  ];
  for (const source of sources) {
    if (source?.wallTime !== undefined && source.timestamp !== undefined) {
      return { timestamp: source.timestamp, offset: source.wallTime - source.timestamp };
    }
  }
  return null;
}

export function createClock(logs: Iterable<RequestLog>): Clock {
  let base: { timestamp: number; offset: number } | null = null;
  for (const log of logs) {
    const own = offsetOf(log);
    if (own !== null && (base === null || own.timestamp < base.timestamp)) base = own;
  }
  return {
    toEpochMs(timestamp, log, t) {
      const offset = (log === null ? null : offsetOf(log)) ?? base;
      const ms = timestamp === undefined || offset === null ? t : (timestamp + offset.offset) * 1000;
      return isTime(ms) ? ms : isTime(t) ? t : 0;
    },
  };
}

export function toIsoTime(epochMs: number): string {
  return new Date(isTime(epochMs) ? Math.round(Math.max(0, epochMs)) : 0).toISOString();
}
