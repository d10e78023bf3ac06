import { bigint, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { accountIdColumn, instant } from './columns.ts';
import { ofScan } from './scan-key.ts';

/** One uploaded piece of a recording. `bytes`, `sha256` are of what the client sent; the blob holds it encrypted. */
export const segments = pgTable(
  'segments',
  {
    scanId: uuid('scan_id').notNull(),
    n: integer('n').notNull(),
    accountId: accountIdColumn(),
    sha256: text('sha256').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    expandedBytes: bigint('expanded_bytes', { mode: 'number' }).notNull(),
    lines: integer('lines').notNull(),
    blobKey: text('blob_key').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.scanId, table.n] }), ofScan(table)],
);
