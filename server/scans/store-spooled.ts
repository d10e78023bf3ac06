import { and, count, eq, sum } from 'drizzle-orm';
import type { Actor } from '../accounts/actor.ts';
import { asAccount, type AccountTx } from '../db/client.ts';
import type { ScanRow } from '../db/scan-rows.ts';
import { scans, segments } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { storeSegment } from '../jobs/segments.ts';
import { findScan } from './find-scan.ts';
import type { SpooledSegment } from './spool-segment.ts';

export type SegmentRow = typeof segments.$inferSelect;

export async function findSegment(tx: AccountTx, scanId: string, n: number): Promise<SegmentRow | undefined> {
  const [row] = await tx
    .select()
    .from(segments)
    .where(and(eq(segments.scanId, scanId), eq(segments.n, n)));
  return row;
}

export const segmentConflict = (n: number): AppError =>
  new AppError('SEGMENT_CONFLICT', `Segment ${n} is already here with another digest. It was not changed.`);

/** Throws unless the scan still takes segments. */
export function requireOpen(scan: ScanRow): Uint8Array {
  if ((scan.status !== 'recording' && scan.status !== 'uploading') || scan.wrappedKey === null) {
    throw new AppError('SCAN_STATE', `This scan is ${scan.status} and takes no more segments.`);
  }
  return scan.wrappedKey;
}

async function requireRoom(tx: AccountTx, deps: Pick<Deps, 'settings'>, scanId: string, added: SpooledSegment) {
  const { scanBytes, scanExpandedBytes } = deps.settings.limits;
  const [held] = await tx
    .select({ bytes: sum(segments.bytes), expanded: sum(segments.expandedBytes), segments: count() })
    .from(segments)
    .where(eq(segments.scanId, scanId));
  const bytes = Number(held?.bytes ?? 0) + added.bytes;
  const expanded = Number(held?.expanded ?? 0) + added.expandedBytes;
  if (bytes > scanBytes || expanded > scanExpandedBytes) {
    throw new AppError(
      'TOO_LARGE',
      `A scan is at most ${scanBytes / 1_000_000} MB compressed and ${scanExpandedBytes / 1_000_000} MB expanded. What arrived so far is safe; finish the recording and start another.`,
      { details: { bytes, expanded, scanBytes, scanExpandedBytes } },
    );
  }
  return Number(held?.segments ?? 0);
}

/** Stores a spooled segment encrypted and then its row; of two at once under one number the second sees what the first stored. */
export async function storeSpooled(
  deps: Pick<Deps, 'db' | 'blobs' | 'wrapper' | 'settings'>,
  actor: Actor,
  input: { scanId: string; n: number; wrappedKey: Uint8Array; segment: SpooledSegment },
): Promise<void> {
  const { scanId, n, segment } = input;
  const { blobKey } = await storeSegment(deps, {
    accountId: actor.accountId,
    scanId,
    n,
    wrappedKey: input.wrappedKey,
    source: segment.read(),
  });
  let kept = false;
  try {
    await asAccount(deps.db, actor.accountId, async (tx) => {
      const scan = await findScan(tx, scanId, { lock: true });
      const earlier = await findSegment(tx, scanId, n);
      if (earlier !== undefined) {
        kept = earlier.blobKey === blobKey;
        if (earlier.sha256 !== segment.sha256) throw segmentConflict(n);
        return;
      }
      requireOpen(scan);
      const held = await requireRoom(tx, deps, scanId, segment);
      if (held > 0 && scan.source !== segment.kind) {
        throw new AppError('INVALID_SEGMENT', 'A scan holds either a recording or a HAR, not both.');
      }
      await tx.insert(segments).values({
        scanId,
        n,
        accountId: actor.accountId,
        sha256: segment.sha256,
        bytes: segment.bytes,
        expandedBytes: segment.expandedBytes,
        lines: segment.lines,
        blobKey,
      });
      if (held === 0) await tx.update(scans).set({ source: segment.kind }).where(eq(scans.id, scanId));
      kept = true;
    });
  } finally {
    if (!kept) await deps.blobs.delete(blobKey);
  }
}
