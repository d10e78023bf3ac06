import { char, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { accountIdColumn, bytes, instant, safeText } from './columns.ts';

/** A key is stored as its keyed hash; `lookup` is the public part that finds the row. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    accountId: accountIdColumn().references(() => accounts.accountId, { onDelete: 'cascade' }),
    lookup: char('lookup', { length: 8 }).notNull().unique(),
    hash: bytes('hash').notNull(),
    name: safeText('name').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('api_keys_account').on(table.accountId)],
);
