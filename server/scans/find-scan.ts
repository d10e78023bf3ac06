import { eq } from 'drizzle-orm';
import type { AccountTx } from '../db/client.ts';
import type { ScanRow } from '../db/scan-rows.ts';
import { scans } from '../db/schema/index.ts';
import { AppError } from '../errors.ts';

export const noSuchScan = (): AppError => new AppError('NOT_FOUND', 'There is no such scan.');

/** The account's scan. Throws `NOT_FOUND` when it is unknown, erased or another account's. `lock` holds the row until the end. */
export async function findScan(tx: AccountTx, scanId: string, options: { lock?: boolean } = {}): Promise<ScanRow> {
  const query = tx.select().from(scans).where(eq(scans.id, scanId));
  const [row] = options.lock === true ? await query.for('update') : await query;
  if (row === undefined || row.status === 'erased') throw noSuchScan();
  return row;
}
