import { isIP } from 'node:net';
import { getDomain } from 'tldts';
import type { ReplayPolicy } from './policy.ts';

export interface PaceParts {
  now: () => number;
  /** 0 ≤ x < 1. */
  random: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Pace {
  /** Waits until a request to this host may be sent. One at a time for each site. */
  turn(host: string, signal: AbortSignal): Promise<void>;
  /** The site asks for at least this much time between requests. */
  slowDown(host: string, gapMs: number): void;
  /** A request to the host went out at this time; after a restart the rest of the gap is still kept. */
  note(host: string, at: number): void;
}

const isLocal = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));

const siteOf = (host: string): string => getDomain(host) ?? host;

/** Keeps the distance between requests to one site, with jitter so that they do not beat like a clock. */
export function createPace(
  parts: PaceParts,
  policy: Pick<ReplayPolicy, 'gapMs' | 'jitterMs' | 'localGapMs' | 'localJitterMs'>,
): Pace {
  const last = new Map<string, number>();
  const floors = new Map<string, number>();
  return {
    turn: async (host, signal) => {
      const site = siteOf(host);
      const local = isLocal(host);
      const gap =
        Math.max(local ? policy.localGapMs : policy.gapMs, floors.get(site) ?? 0) +
        parts.random() * (local ? policy.localJitterMs : policy.jitterMs);
      const before = last.get(site);
      const wait = before === undefined ? 0 : before + gap - parts.now();
      if (wait > 0) await parts.sleep(wait, signal);
      last.set(site, parts.now());
    },
    slowDown: (host, gapMs) => {
      floors.set(siteOf(host), Math.max(gapMs, floors.get(siteOf(host)) ?? 0));
    },
    note: (host, at) => {
      last.set(siteOf(host), Math.max(at, last.get(siteOf(host)) ?? 0));
    },
  };
}
