import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { splitHar } from '#shared/har-lines.ts';
import { createFilesystemStore } from '../blobs/filesystem.ts';
import { asAccount, type Database } from '../db/client.ts';
import type { ScanRow } from '../db/scan-rows.ts';
import { appendEvents, readEvents } from '../db/scan-rows.ts';
import { readCheckpoints, readScan } from '../db/run-rows.ts';
import { scans } from '../db/schema/scans.ts';
import { segments } from '../db/schema/segments.ts';
import { openQueue } from '../jobs/queue.ts';
import { storeSegment } from '../jobs/segments.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { createFileKeyWrapper } from '../scrubbing/file-key-wrapper.ts';
import { createScanKeys } from '../scrubbing/vault.ts';
import { blobFolder, keyFile } from './open-test-worker.ts';
import { addAccount, addScan } from './sample-rows.ts';

export interface QueuedScan {
  accountId: string;
  scanId: string;
}

const LINE = { k: 'gap', t: 1, reason: 'test', count: 1 };
export const LINES = 6;

/** A sealed scan of three segments (of a HAR, when one is given), waiting for a worker; everything real. */
export async function addQueuedScan(
  place: { db: Database; url: string; dir: string },
  har?: string,
): Promise<QueuedScan> {
  const { db, url, dir } = place;
  const accountId = await addAccount(db);
  const scanId = randomUUID();
  const wrapper = createFileKeyWrapper({ file: keyFile(dir) });
  const keys = await createScanKeys(wrapper, scanId);
  await asAccount(db, accountId, (tx) =>
    addScan(tx, accountId, { id: scanId, source: har ? 'har' : 'recording', ...keys }),
  );
  const blobs = createFilesystemStore({ dir: blobFolder(dir) });
  const lines: readonly unknown[] = har
    ? splitHar(har, Math.ceil(har.length / LINES))
    : Array.from({ length: LINES }, () => LINE);
  for (let n = 0; n < 3; n++) {
    const part = lines.slice(Math.floor((n * lines.length) / 3), Math.floor(((n + 1) * lines.length) / 3));
    const text = part.map((line) => `${JSON.stringify(line)}\n`).join('');
    const source = Readable.from([gzipSync(text)]);
    const { blobKey } = await storeSegment({ blobs, wrapper }, { accountId, scanId, n, ...keys, source });
    const row = {
      scanId,
      n,
      accountId,
      sha256: 'x',
      bytes: 1,
      expandedBytes: Buffer.byteLength(text),
      lines: part.length,
      blobKey,
    };
    await asAccount(db, accountId, (tx) => tx.insert(segments).values(row));
  }
  const queue = await openQueue({ url, supervise: false });
  await asAccount(db, accountId, async (tx) => {
    await tx.update(scans).set({ status: 'queued', sealedAt: new Date() }).where(eq(scans.id, scanId));
    await queue.enqueueScan(tx, scanId);
    await appendEvents(tx, scanId, [{ step: 'scan', status: 'started', message: asScrubbed('queued') }]);
  });
  await queue.close();
  return { accountId, scanId };
}

/** Rows, events and checkpoints of a scan as its account sees them. */
export const lookAt = (db: Database, { accountId, scanId }: QueuedScan) =>
  asAccount(db, accountId, async (tx) => ({
    scan: await readScan(tx, scanId),
    events: await readEvents(tx, scanId, 0),
    checkpoints: await readCheckpoints(tx, scanId),
  }));

/** Waits until a scan is in a state; fails after `timeoutMs`. */
export async function waitForStatus(
  db: Database,
  queued: QueuedScan,
  wanted: ScanRow['status'],
  timeoutMs = 50_000,
): Promise<ScanRow> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const scan = await asAccount(db, queued.accountId, (tx) => readScan(tx, queued.scanId));
    if (scan?.status === wanted) return scan;
    if (Date.now() > deadline) throw new Error(`the scan is ${scan?.status}, not ${wanted}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
