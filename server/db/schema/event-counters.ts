import { bigint, pgTable, uuid } from 'drizzle-orm/pg-core';
import { accountIdColumn } from './columns.ts';
import { ofScan } from './scan-key.ts';

/** The next event number of a scan; its row lock orders the writers. */
export const eventCounters = pgTable(
  'event_counters',
  {
    scanId: uuid('scan_id').primaryKey(),
    accountId: accountIdColumn(),
    nextSeq: bigint('next_seq', { mode: 'number' }).notNull().default(1),
  },
  (table) => [ofScan(table)],
);
