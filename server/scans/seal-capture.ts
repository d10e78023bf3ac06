import { asc, eq } from 'drizzle-orm';
import type { CaptureAccepted, SealCapture } from '#shared/api.ts';
import type { Actor } from '../accounts/actor.ts';
import { recordAudit } from '../accounts/record-audit.ts';
import { asAccount, type AccountTx } from '../db/client.ts';
import { appendEvents, type ScanRow } from '../db/scan-rows.ts';
import { scans, segments } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { findScan } from './find-scan.ts';
import { eventsUrl, reportUrl, type Links } from './scan-links.ts';

type Manifest = SealCapture['segments'];
const isRecording = (scan: ScanRow): boolean => scan.status === 'recording' || scan.status === 'uploading';

interface Difference {
  missing: number[];
  different: number[];
  extra: number[];
}

/** What stands between the manifest and what arrived; null when they are the same, numbered from 0 without a hole. */
async function compareManifest(tx: AccountTx, scanId: string, manifest: Manifest): Promise<Difference | null> {
  const rows = await tx.select().from(segments).where(eq(segments.scanId, scanId)).orderBy(asc(segments.n));
  const held = new Map(rows.map((row) => [row.n, row]));
  const named = new Map(manifest.map((segment) => [segment.n, segment]));
  const holes = Array.from({ length: manifest.length }, (_, n) => n).filter((n) => !named.has(n));
  const missing = [...manifest.filter(({ n }) => !held.has(n)).map(({ n }) => n), ...holes].sort((a, b) => a - b);
  const different = manifest
    .filter(({ n, sha256, bytes }) => {
      const row = held.get(n);
      return row !== undefined && (row.sha256 !== sha256 || row.bytes !== bytes);
    })
    .map(({ n }) => n);
  const extra = rows.filter(({ n }) => !named.has(n)).map(({ n }) => n);
  return missing.length + different.length + extra.length === 0 ? null : { missing, different, extra };
}

/** Marks the capture complete and hands the scan to the workers, in the caller's transaction. */
export async function enqueueSealed(
  deps: Pick<Deps, 'queue' | 'now'>,
  tx: AccountTx,
  actor: Actor,
  scanId: string,
  count: number,
): Promise<void> {
  await tx.update(scans).set({ status: 'queued', sealedAt: deps.now() }).where(eq(scans.id, scanId));
  await recordAudit(tx, actor, 'scan.seal', { scanId, facts: { segments: count } });
  await deps.queue.enqueueScan(tx, scanId);
  await appendEvents(tx, scanId, [
    {
      step: 'scan',
      status: 'started',
      message: asScrubbed('The recording is complete and waits for its turn'),
      metadata: { segments: count },
    },
  ]);
}

export const acceptedAnswer = (
  scan: Pick<ScanRow, 'id' | 'slug'>,
  status: ScanRow['status'],
  links: Links,
): CaptureAccepted => ({
  scanId: scan.id,
  status,
  eventsUrl: eventsUrl(links, scan.id),
  reportUrl: reportUrl(links, scan.slug),
});

/**
 * Seals a recording: everything the client made has arrived as it was made. Sealing again with the same manifest gives the
 * same answer. Throws `CONFLICT` with the numbers that are missing or different, `NOT_FOUND`, `SCAN_STATE`.
 */
export async function sealCapture(
  deps: Pick<Deps, 'db' | 'queue' | 'now'>,
  actor: Actor,
  scanId: string,
  manifest: Manifest,
  links: Links,
): Promise<CaptureAccepted> {
  if (new Set(manifest.map(({ n }) => n)).size < manifest.length) {
    throw new AppError('INVALID_BODY', 'The manifest names a segment twice.');
  }
  const outcome = await asAccount(deps.db, actor.accountId, async (tx) => {
    const scan = await findScan(tx, scanId, { lock: true });
    if (scan.status === 'expired')
      throw new AppError('SCAN_STATE', 'This scan was not finished in time and has expired.');
    const difference = await compareManifest(tx, scanId, manifest);
    if (!isRecording(scan)) return { scan, difference };
    if (difference === null) await enqueueSealed(deps, tx, actor, scanId, manifest.length);
    else await tx.update(scans).set({ status: 'uploading' }).where(eq(scans.id, scanId));
    return { scan, difference };
  });
  const { scan, difference } = outcome;
  if (difference !== null) {
    throw new AppError(
      isRecording(scan) ? 'CONFLICT' : 'SCAN_STATE',
      isRecording(scan)
        ? 'Some segments have not arrived as the manifest says. Send those again, then seal.'
        : 'This scan was sealed with another manifest.',
      { details: difference },
    );
  }
  return acceptedAnswer(scan, isRecording(scan) ? 'queued' : scan.status, links);
}
