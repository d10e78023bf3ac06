import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { StepId } from '#shared/events.ts';
import { accountIdColumn, instant, safeText, smallJson } from './columns.ts';
import { ofScan } from './scan-key.ts';

/** Where an artifact lies. `sha256` (a keyed hash for vault artifacts) and `bytes` are of its uncompressed text. */
export interface ArtifactRef {
  key: string;
  sha256: string;
  bytes: number;
}
export type CheckpointStatus = 'complete' | 'errored' | 'skipped';

/** The end of a step: what it stored and how long it took. */
export const checkpoints = pgTable(
  'checkpoints',
  {
    scanId: uuid('scan_id').notNull(),
    step: text('step').$type<StepId>().notNull(),
    accountId: accountIdColumn(),
    version: integer('version').notNull(),
    status: text('status').$type<CheckpointStatus>().notNull(),
    message: safeText('message').notNull(),
    metadata: smallJson<Record<string, string | number | boolean>>('metadata').notNull(),
    durationMs: integer('duration_ms').notNull(),
    artifacts: smallJson<Record<string, ArtifactRef>>('artifacts').notNull(),
    attempts: integer('attempts').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.scanId, table.step] }), ofScan(table)],
);
