import { randomUUID } from 'node:crypto';
import { scanPrefix, type BlobStore } from '../blobs/store.ts';
import { segmentName } from '../pipeline/stored-capture.ts';
import type { KeyWrapper } from '../scrubbing/key-wrapper.ts';
import { openVault, unwrapScanKey } from '../scrubbing/vault.ts';

export interface SegmentUpload {
  accountId: string;
  scanId: string;
  n: number;
  /** As the scan's row keeps it. */
  wrappedKey: Uint8Array | null;
  /** The gzip bytes as they came, checked before. */
  source: AsyncIterable<Uint8Array>;
}

/**
 * Encrypts a segment under the scan's key and stores it. Each call has a key of its own, so that a repeated upload never
 * touches what a row already names; the caller inserts the row, and deletes the blob when that fails.
 */
export async function storeSegment(
  { blobs, wrapper }: { blobs: BlobStore; wrapper: KeyWrapper },
  upload: SegmentUpload,
): Promise<{ blobKey: string }> {
  const { accountId, scanId, n, wrappedKey, source } = upload;
  const vault = openVault(scanId, await unwrapScanKey(wrapper, scanId, wrappedKey));
  const blobKey = `${scanPrefix(accountId, scanId)}segments/${n}-${randomUUID()}`;
  await blobs.put(blobKey, vault.encrypt(segmentName(n), source));
  return { blobKey };
}
