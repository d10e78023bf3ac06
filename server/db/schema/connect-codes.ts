import { pgTable } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { accountIdColumn, bytes, instant } from './columns.ts';

/** One-time codes that the embedded server prints; only the hash is kept. */
export const connectCodes = pgTable('connect_codes', {
  hash: bytes('hash').primaryKey(),
  accountId: accountIdColumn().references(() => accounts.accountId, { onDelete: 'cascade' }),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});
