import { scanPrefix, type BlobStore } from '../blobs/store.ts';
import { asAccount, type Database } from '../db/client.ts';
import { findStaleScans, type StaleKind } from '../db/lookups.ts';
import { closeVaultRow, expireScan, readCheckpoints, readScan, readSegments } from '../db/run-rows.ts';
import { appendEvents } from '../db/scan-rows.ts';
import { ARTIFACT_NAMES, isVaulted } from '../pipeline/codec.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { deleteBlobs, eraseScan } from './erase-scan.ts';
import type { Queue } from './queue.ts';

export interface SweepDeps {
  db: Database;
  blobs: BlobStore;
  queue: Pick<Queue, 'enqueueScan' | 'scansWithJob'>;
  now: () => Date;
  keep: {
    /** Recordings that nobody finished. */
    unsealedSeconds: number;
    /** Raw captures after the end of their scan. */
    vaultSeconds: number;
    /** Reports. */
    reportSeconds: number;
  };
}

export interface Swept {
  expired: number;
  vaultsClosed: number;
  reportsErased: number;
  requeued: number;
  blobsDeleted: number;
}

interface Owned {
  scanId: string;
  accountId: string;
}

const VAULTED = ARTIFACT_NAMES.filter(isVaulted);

/** A blob younger than this may belong to a transaction that is not committed yet. */
const ORPHAN_AGE_MS = 3_600_000;

/** Works through all that are stale; each pass takes them away, and one that takes none away ends it. */
async function each(deps: SweepDeps, kind: StaleKind, seconds: number, work: (scan: Owned) => Promise<boolean>) {
  let total = 0;
  for (;;) {
    const found = await findStaleScans(deps.db, kind, seconds);
    let done = 0;
    for (const scan of found) if (await work(scan)) done++;
    total += done;
    if (done === 0 || done < found.length) return total;
  }
}

async function expire({ db, blobs }: SweepDeps, { accountId, scanId }: Owned): Promise<boolean> {
  const expired = await asAccount(db, accountId, async (tx) => {
    if (!(await expireScan(tx, scanId))) return false;
    const message = asScrubbed('The recording was never finished, so what had arrived was erased.');
    await appendEvents(tx, scanId, [{ step: 'scan', status: 'errored', message }]);
    return true;
  });
  if (expired) await deleteBlobs(blobs, scanPrefix(accountId, scanId));
  return expired;
}

/** The blobs that a scan's rows name. */
async function namedBlobs(db: Database, { accountId, scanId }: Owned): Promise<Set<string>> {
  return asAccount(db, accountId, async (tx) => {
    const named = (await readSegments(tx, scanId)).map((segment) => segment.blobKey);
    for (const { artifacts } of await readCheckpoints(tx, scanId))
      named.push(...Object.values(artifacts).map((ref) => ref.key));
    return new Set(named);
  });
}

async function closeVault({ db, blobs }: SweepDeps, { accountId, scanId }: Owned): Promise<boolean> {
  await asAccount(db, accountId, (tx) => closeVaultRow(tx, scanId));
  await deleteBlobs(blobs, `${scanPrefix(accountId, scanId)}segments/`);
  for (const name of VAULTED) await deleteBlobs(blobs, `${scanPrefix(accountId, scanId)}artifacts/${name}-`);
  return true;
}

const SCAN_KEY = /^accounts\/([0-9a-f-]{36})\/scans\/([0-9a-f-]{36})\//;

/** Deletes blobs that no row names and that are old enough not to be on their way into one. */
async function deleteOrphans({ db, blobs, now }: SweepDeps): Promise<number> {
  const before = now().getTime() - ORPHAN_AGE_MS;
  let deleted = 0;
  let scan = '';
  let named = new Set<string>();
  for await (const { key, modifiedAt } of blobs.list('accounts/')) {
    const [, accountId, scanId] = SCAN_KEY.exec(key) ?? [];
    if (!accountId || !scanId || modifiedAt.getTime() > before) continue;
    if (scan !== scanId) {
      scan = scanId;
      named = await namedBlobs(db, { accountId, scanId });
    }
    if (named.has(key)) continue;
    await blobs.delete(key);
    deleted++;
  }
  return deleted;
}

/** Gives every scan that waits without a job a new one. Cheap; run every minute. */
export async function requeueLost(deps: Pick<SweepDeps, 'db' | 'queue'>): Promise<number> {
  const waiting = await findStaleScans(deps.db, 'waiting', 30, 1000);
  const held = await deps.queue.scansWithJob(waiting.map(({ scanId }) => scanId));
  const lost = waiting.filter(({ scanId }) => !held.has(scanId));
  for (const { accountId, scanId } of lost)
    await asAccount(deps.db, accountId, async (tx) => {
      const scan = await readScan(tx, scanId);
      if (scan?.status === 'queued' || scan?.status === 'processing') await deps.queue.enqueueScan(tx, scanId);
    });
  return lost.length;
}

/** One round of everything that only time makes due. */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  const { keep } = deps;
  return {
    expired: await each(deps, 'unsealed', keep.unsealedSeconds, (scan) => expire(deps, scan)),
    vaultsClosed: await each(deps, 'vault', keep.vaultSeconds, (scan) => closeVault(deps, scan)),
    reportsErased: await each(deps, 'report', keep.reportSeconds, (scan) => eraseScan(deps, scan)),
    requeued: await requeueLost(deps),
    blobsDeleted: await deleteOrphans(deps),
  };
}

/** Sweeps now, every hour, and looks for lost jobs every minute, until closed. `onError` gets what a round threw. */
export function startSweeps(
  deps: SweepDeps & { onSwept?: (swept: Swept) => void; onError: (error: unknown) => void },
): { close: () => Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const next = (work: () => Promise<unknown>) => {
    running = running.then(work).catch(deps.onError);
  };
  const whole = () => next(async () => deps.onSwept?.(await sweep(deps)));
  const hourly = setInterval(whole, 3_600_000);
  const minutely = setInterval(() => next(() => requeueLost(deps)), 60_000);
  whole();
  return {
    close: async () => {
      clearInterval(hourly);
      clearInterval(minutely);
      await running;
    },
  };
}
