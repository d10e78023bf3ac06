import { sql } from 'drizzle-orm';
import { fromDrizzle, type Db } from 'pg-boss';
import type { AccountTx } from './client.ts';

/** Lets the queue add a job inside a transaction of ours. */
export const asQueueTransaction = (tx: AccountTx): Db => fromDrizzle(tx, sql);
