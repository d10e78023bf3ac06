import { bigint, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { accounts } from './accounts.ts';
import { accountIdColumn, instant, safeText, smallJson } from './columns.ts';

/** Who did what. Append-only; outlives the scan it speaks of. */
export const audit = pgTable(
  'audit',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: accountIdColumn().references(() => accounts.accountId, { onDelete: 'cascade' }),
    at: instant('at')
      .notNull()
      .default(sql`clock_timestamp()`),
    /** API key id, `connect-code`, `operator` or `sweep`. */
    actor: text('actor').notNull(),
    /** Verb and noun: `scan.create`, `key.revoke`. */
    action: text('action').notNull(),
    scanId: uuid('scan_id'),
    requestId: safeText('request_id'),
    facts: smallJson<Record<string, string | number | boolean>>('facts').notNull(),
  },
  (table) => [index('audit_account').on(table.accountId, table.id)],
);
