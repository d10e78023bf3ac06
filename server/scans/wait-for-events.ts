import { TERMINAL_STATUSES } from '#shared/events.ts';
import type { EventsAnswer } from '#shared/api.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Deps } from '../deps.ts';
import type { EventBell } from './event-bell.ts';
import { readEvents, type Since } from './read-events.ts';
import type { Links } from './scan-links.ts';

/** How often to look without a ring; a ring may be lost. */
const POLL_MS = 1000;

/**
 * The events after the cursor as soon as there is one; without any, the empty answer after `waitMs`, at once when the scan has
 * ended or when `signal` aborts. Holds no database connection while it waits.
 */
export async function waitForEvents(
  deps: Pick<Deps, 'db' | 'now'> & { bell: EventBell },
  actor: Actor,
  input: { scanId: string; since: Since; waitMs: number; signal: AbortSignal },
  links: Links,
): Promise<EventsAnswer> {
  const deadline = deps.now().getTime() + input.waitMs;
  let { since } = input;
  for (;;) {
    const stop = new AbortController();
    // Listening begins before reading, so that an event between the two rings.
    const rung = deps.bell.wait(input.scanId, POLL_MS, AbortSignal.any([input.signal, stop.signal]));
    try {
      const answer = await readEvents(deps, actor, input.scanId, since, links);
      const leftMs = deadline - deps.now().getTime();
      if (
        answer.events.length > 0 ||
        leftMs <= 0 ||
        input.signal.aborted ||
        TERMINAL_STATUSES.has(answer.scan.status)
      ) {
        return answer;
      }
      since = answer.cursor;
      const late = setTimeout(() => stop.abort(), leftMs);
      await rung;
      clearTimeout(late);
    } finally {
      stop.abort();
    }
  }
}
