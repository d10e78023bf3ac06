import type { Actor } from '../accounts/actor.ts';
import { recordAudit } from '../accounts/record-audit.ts';
import { asAccount } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { eraseScan as eraseEverything } from '../jobs/erase-scan.ts';
import { findScan } from './find-scan.ts';

/** Erases a scan for good: its keys first, then rows, report and blobs. Throws `NOT_FOUND`. */
export async function eraseScan(deps: Pick<Deps, 'db' | 'blobs'>, actor: Actor, scanId: string): Promise<void> {
  await asAccount(deps.db, actor.accountId, async (tx) => {
    await findScan(tx, scanId);
    await recordAudit(tx, actor, 'scan.erase', { scanId });
  });
  await eraseEverything(deps, { accountId: actor.accountId, scanId });
}
