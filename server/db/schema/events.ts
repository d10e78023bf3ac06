import { bigint, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { EventStatus, StepId } from '#shared/events.ts';
import { accountIdColumn, instant, safeText, smallJson } from './columns.ts';
import { ofScan } from './scan-key.ts';

/** What happened to a scan, in the order it became true. Append-only; `seq` is gapless per scan. */
export const events = pgTable(
  'events',
  {
    scanId: uuid('scan_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    accountId: accountIdColumn(),
    step: text('step').$type<StepId | 'scan'>().notNull(),
    status: text('status').$type<EventStatus>().notNull(),
    message: safeText('message').notNull(),
    metadata: smallJson<Record<string, string | number | boolean | null>>('metadata').notNull(),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.scanId, table.seq] }), ofScan(table)],
);
