import { bigint, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { ValidationRun } from '#shared/report.ts';
import { accountIdColumn, instant, safeText } from './columns.ts';
import { ofScan } from './scan-key.ts';

/** One replay and its outcome, never a body. Append-only. `run` is the scan's run it belongs to. */
export const validationRuns = pgTable(
  'validation_runs',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    scanId: uuid('scan_id').notNull(),
    accountId: accountIdColumn(),
    run: integer('run').notNull(),
    endpoint: text('endpoint').notNull(),
    exchange: text('exchange').notNull(),
    client: text('client').$type<ValidationRun['client']>().notNull(),
    tier: text('tier').$type<ValidationRun['tier']>().notNull(),
    session: text('session').$type<ValidationRun['session']>().notNull(),
    outcome: text('outcome').$type<ValidationRun['outcome']>().notNull(),
    status: integer('status'),
    durationMs: integer('duration_ms'),
    bytes: bigint('bytes', { mode: 'number' }),
    reason: safeText('reason').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('validation_runs_scan').on(table.scanId, table.run, table.id), ofScan(table)],
);
