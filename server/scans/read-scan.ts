import type { ScanSummary } from '#shared/api.ts';
import type { Actor } from '../accounts/actor.ts';
import { asAccount } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { findScan } from './find-scan.ts';
import type { Links } from './scan-links.ts';
import { summarizeScan } from './summarize-scan.ts';

/** One scan of the account. Throws `NOT_FOUND`. */
export async function readScan(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  scanId: string,
  links: Links,
): Promise<ScanSummary> {
  return summarizeScan(await asAccount(deps.db, actor.accountId, (tx) => findScan(tx, scanId)), links);
}
