import { randomBytes, randomUUID } from 'node:crypto';
import { asAccount, type AccountTx, type Database } from '../db/client.ts';
import { insertScan, type NewScan, type ScanRow } from '../db/scan-rows.ts';
import { accounts } from '../db/schema/index.ts';

/** Adds an account and returns its id. */
export async function addAccount(db: Database, name = 'someone'): Promise<string> {
  const accountId = randomUUID();
  await asAccount(db, accountId, (tx) => tx.insert(accounts).values({ accountId, name }));
  return accountId;
}

/** Adds a scan with what a test does not care about filled in. */
export function addScan(tx: AccountTx, accountId: string, scan: Partial<NewScan> = {}): Promise<ScanRow> {
  return insertScan(tx, {
    accountId,
    slug: randomBytes(16).toString('hex'),
    targetUrl: 'https://shop.example/',
    ...scan,
  });
}
