import { index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Consent, StarterTemplate } from '#shared/api.ts';
import type { ScanStatus, StepId } from '#shared/events.ts';
import { accounts } from './accounts.ts';
import { accountIdColumn, bytes, instant, safeText, smallJson } from './columns.ts';

/** What was captured: protocol lines, or a HAR file. */
export type CaptureKind = 'recording' | 'har';

/** One recording and its report. `attempts` counts claims since the last progress; `run` rises with every re-run. */
export const scans = pgTable(
  'scans',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    accountId: accountIdColumn().references(() => accounts.accountId, { onDelete: 'cascade' }),
    slug: text('slug').notNull().unique(),
    status: text('status').$type<ScanStatus>().notNull().default('recording'),
    targetUrl: safeText('target_url').notNull(),
    intentText: safeText('intent_text').notNull().default(''),
    starterTemplate: text('starter_template').$type<StarterTemplate>().notNull().default('custom'),
    consent: smallJson<Consent>('consent'),
    source: text('source').$type<CaptureKind>().notNull().default('recording'),
    idempotencyKey: safeText('idempotency_key'),
    client: safeText('client'),
    createdAt: instant('created_at').notNull().defaultNow(),
    sealedAt: instant('sealed_at'),
    finishedAt: instant('finished_at'),
    failedStep: text('failed_step').$type<StepId>(),
    verdict: safeText('verdict'),
    sharedAt: instant('shared_at'),
    shareExpiresAt: instant('share_expires_at'),
    /** The scan's data key and placeholder key, both wrapped; null once the vault is closed. */
    wrappedKey: bytes('wrapped_key'),
    placeholderKey: bytes('placeholder_key'),
    vaultClosedAt: instant('vault_closed_at'),
    erasedAt: instant('erased_at'),
    run: integer('run').notNull().default(1),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [
    unique('scans_idempotency').on(table.accountId, table.idempotencyKey),
    unique('scans_owner').on(table.id, table.accountId),
    index('scans_account_created').on(table.accountId, table.createdAt, table.id),
    index('scans_status').on(table.status, table.createdAt),
  ],
);
