import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { EventStatus, ScanEvent, StepId } from '#shared/events.ts';
import type { Scrubbed } from '../scrubbing/brand.ts';
import type { AccountTx } from './client.ts';
import { eventCounters } from './schema/event-counters.ts';
import { events } from './schema/events.ts';
import { scans } from './schema/scans.ts';

export type ScanRow = typeof scans.$inferSelect;
export type NewScan = typeof scans.$inferInsert;

/** An event to be. `message` and every text in `metadata` are for people and hold nothing captured. */
export interface NewEvent {
  step: StepId | 'scan';
  status: EventStatus;
  message: Scrubbed<string>;
  metadata?: Record<string, string | number | boolean | null>;
}

/** Channel of the bell; its payload is a scan id. */
export const BELL = 'recon_events';

/** Adds a scan with its event counter. Throws `DatabaseError` (`isConflict(error, 'scans_idempotency')`). */
export async function insertScan(tx: AccountTx, scan: NewScan): Promise<ScanRow> {
  const [row] = await tx.insert(scans).values(scan).returning();
  if (!row) throw new Error('inserting a scan returned no row');
  await tx.insert(eventCounters).values({ scanId: row.id, accountId: row.accountId });
  return row;
}

/**
 * Appends events in this order; must be the last statement of its transaction, because the counter's row stays locked until
 * it ends. Returns the last number given, or null when the scan has no counter (erased, or another account's).
 */
export async function appendEvents(tx: AccountTx, scanId: string, added: readonly NewEvent[]): Promise<number | null> {
  if (added.length === 0) return null;
  const [counter] = await tx
    .update(eventCounters)
    .set({ nextSeq: sql`${eventCounters.nextSeq} + ${added.length}` })
    .where(eq(eventCounters.scanId, scanId))
    .returning();
  if (!counter) return null;
  const first = counter.nextSeq - added.length;
  await tx.insert(events).values(
    added.map((event, index) => ({
      scanId,
      accountId: counter.accountId,
      seq: first + index,
      step: event.step,
      status: event.status,
      message: event.message,
      metadata: event.metadata ?? {},
    })),
  );
  await tx.execute(sql`select pg_notify(${BELL}, ${scanId})`);
  return counter.nextSeq - 1;
}

/** The events after `since`, in order. */
export async function readEvents(tx: AccountTx, scanId: string, since: number, limit = 500): Promise<ScanEvent[]> {
  const rows = await tx
    .select()
    .from(events)
    .where(and(eq(events.scanId, scanId), gt(events.seq, since)))
    .orderBy(asc(events.seq))
    .limit(limit);
  return rows.map((row) => ({
    seq: row.seq,
    step: row.step,
    status: row.status,
    message: row.message,
    metadata: row.metadata,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** Erases the rows of a scan and leaves its tombstone; false when the account has no such scan. Idempotent. */
export async function eraseScanRows(tx: AccountTx, scanId: string): Promise<boolean> {
  const rows = await tx.execute(sql`select erase_scan(${scanId}) as erased`);
  return rows[0]?.['erased'] === true;
}
