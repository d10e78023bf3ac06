import { date, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { accountIdColumn, safeText } from './columns.ts';

/** Requests per client version and day (`YYYY-MM-DD`, UTC). */
export const clientVersions = pgTable(
  'client_versions',
  {
    accountId: accountIdColumn().references(() => accounts.accountId, { onDelete: 'cascade' }),
    client: safeText('client').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    count: integer('count').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.client, table.day] })],
);
