import { scanPrefix, type BlobStore } from '../blobs/store.ts';
import { asAccount, type Database } from '../db/client.ts';
import { eraseScanRows } from '../db/scan-rows.ts';

/** Deletes every blob below a prefix. */
export async function deleteBlobs(
  blobs: BlobStore,
  prefix: string,
  keep: ReadonlySet<string> = new Set(),
): Promise<number> {
  const keys: string[] = [];
  for await (const { key } of blobs.list(prefix)) if (!keep.has(key)) keys.push(key);
  for (const key of keys) await blobs.delete(key);
  return keys.length;
}

/**
 * Erases a scan: keys and rows in one transaction, from which on the vault cannot be opened by anyone, then the blobs. May be
 * called again after an interruption. False when the account has no such scan.
 */
export async function eraseScan(
  { db, blobs }: { db: Database; blobs: BlobStore },
  { accountId, scanId }: { accountId: string; scanId: string },
): Promise<boolean> {
  const erased = await asAccount(db, accountId, (tx) => eraseScanRows(tx, scanId));
  if (erased) await deleteBlobs(blobs, scanPrefix(accountId, scanId));
  return erased;
}
