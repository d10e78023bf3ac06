import { and, eq, lte, max } from 'drizzle-orm';
import type { EventsAnswer } from '#shared/api.ts';
import type { Actor } from '../accounts/actor.ts';
import { asAccount } from '../db/client.ts';
import { readEvents as readEventRows } from '../db/scan-rows.ts';
import { events } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';
import { findScan } from './find-scan.ts';
import { reportUrl, type Links } from './scan-links.ts';

/** After which event to begin: a `seq`, or a time, which stands for the last event until then. */
export type Since = number | Date;

const PAGE = 500;

/** The events after the cursor in order, at most 500, and where the scan stands. Throws `NOT_FOUND`. */
export async function readEvents(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  scanId: string,
  since: Since,
  links: Links,
): Promise<EventsAnswer> {
  return asAccount(deps.db, actor.accountId, async (tx) => {
    let after = since instanceof Date ? 0 : since;
    if (since instanceof Date) {
      const [row] = await tx
        .select({ seq: max(events.seq) })
        .from(events)
        .where(and(eq(events.scanId, scanId), lte(events.createdAt, since)));
      after = row?.seq ?? 0;
    }
    // The scan is read before its events: a status seen here is never newer than the events that go with it.
    const scan = await findScan(tx, scanId);
    const found = await readEventRows(tx, scanId, after, PAGE);
    return {
      events: found,
      cursor: found.at(-1)?.seq ?? after,
      scan: {
        scanId,
        status: scan.status,
        failedStep: scan.failedStep,
        reportUrl: reportUrl(links, scan.slug),
        verdict: scan.verdict,
      },
    };
  });
}
