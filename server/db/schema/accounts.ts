import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { instant, safeText } from './columns.ts';

/** A tenant. Created by whoever runs the server; every other row belongs to one. */
export const accounts = pgTable('accounts', {
  accountId: uuid('account_id').primaryKey().defaultRandom(),
  name: safeText('name').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});
