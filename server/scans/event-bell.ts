import { listenForEvents } from '../db/bell.ts';
import type { Deps } from '../deps.ts';

/**
 * Wakes those who wait for a scan's events. A ring is only a hint: readers look at the database again after each, and after
 * `pollMs` without one.
 */
export interface EventBell {
  ring: (scanId: string) => void;
  ringAll: () => void;
  /** Comes back after a ring, after `maxMs`, or when `signal` aborts, whichever is first. */
  wait: (scanId: string, maxMs: number, signal: AbortSignal) => Promise<void>;
}

export function createEventBell(): EventBell {
  const waiting = new Map<string, Set<() => void>>();
  const wake = (scanId: string): void => waiting.get(scanId)?.forEach((done) => done());
  return {
    ring: wake,
    ringAll: () => [...waiting.keys()].forEach(wake),
    wait: (scanId, maxMs, signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          const others = waiting.get(scanId);
          others?.delete(done);
          if (others?.size === 0) waiting.delete(scanId);
          resolve();
        };
        const timer = setTimeout(done, maxMs);
        const others = waiting.get(scanId) ?? new Set();
        waiting.set(scanId, others.add(done));
        if (signal.aborted) done();
        else signal.addEventListener('abort', done, { once: true });
      }),
  };
}

/** A bell that the database rings, over one connection of its own. `close` wakes everyone who waits. */
export async function openEventBell(deps: Pick<Deps, 'db'>): Promise<EventBell & { close: () => Promise<void> }> {
  const bell = createEventBell();
  const listener = await listenForEvents(deps.db, bell.ring, bell.ringAll);
  return {
    ...bell,
    close: async () => {
      bell.ringAll();
      await listener.close();
    },
  };
}
