import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { safely } from './database-error.ts';
import * as schema from './schema/index.ts';

export type Schema = typeof schema;
/** The pool as `recon_app`. Rows are reached through `asAccount` only; row-level security shows none without it. */
export type Database = PostgresJsDatabase<Schema> & { $client: postgres.Sql };
/** A transaction that sees one account's rows. */
export type AccountTx = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface DatabaseOptions {
  /** Connections in the pool. */
  max?: number;
  /** Told when the server says something that must not happen (a transaction begun inside another). */
  onAlarm?: (message: string) => void;
}

/** Opens a pool. `url` names the role `recon_app`; `close` waits at most five seconds for running statements. */
export function openDatabase(url: string, options: DatabaseOptions = {}): { db: Database; close: () => Promise<void> } {
  const client = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 10,
    idle_timeout: 0,
    connection: { application_name: 'browser-recon', TimeZone: 'UTC', idle_in_transaction_session_timeout: 60_000 },
    onnotice: (notice) => {
      if (notice['code'] === '25001') options.onAlarm?.('a transaction was begun inside another one');
    },
  });
  const db = drizzle({ client, schema });
  return { db, close: () => client.end({ timeout: 5 }) };
}

/**
 * The one door to rows: a transaction that sees and writes the rows of `accountId` alone. Throws `DatabaseError` without
 * any parameter in it; what `fn` throws itself passes unchanged.
 */
export const asAccount = <T>(db: Database, accountId: string, fn: (tx: AccountTx) => Promise<T>): Promise<T> =>
  safely(() =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('recon.account_id', ${accountId}, true)`);
      return fn(tx);
    }),
  );
