import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilesystemStore } from '../blobs/filesystem.ts';
import { scanPrefix, type BlobStore } from '../blobs/store.ts';
import { asAccount } from '../db/client.ts';
import type { NewScan } from '../db/scan-rows.ts';
import { scans } from '../db/schema/scans.ts';
import { blobFolder } from '../testing/open-test-worker.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { addQueuedScan, lookAt, type QueuedScan } from '../testing/queued-scan.ts';
import { eraseScan } from './erase-scan.ts';
import { openQueue, type Queue } from './queue.ts';
import { requeueLost, sweep, type SweepDeps } from './sweeps.ts';

const HOUR_MS = 3_600_000;
const NOTHING = { expired: 0, vaultsClosed: 0, reportsErased: 0, requeued: 0, blobsDeleted: 0 };

let test: TestDatabase;
let dir: string;
let blobs: BlobStore;
let queue: Queue;
beforeAll(async () => {
  test = await createTestDatabase();
  dir = mkdtempSync(path.join(os.tmpdir(), 'recon-sweep-'));
  blobs = createFilesystemStore({ dir: blobFolder(dir) });
  queue = await openQueue({ url: test.url, supervise: false });
});
afterAll(async () => {
  await queue.close();
  await test.close();
  rmSync(dir, { recursive: true, force: true });
});

const deps = (changes: Partial<SweepDeps> = {}): SweepDeps => ({
  db: test.db,
  blobs,
  queue,
  now: () => new Date(),
  keep: { unsealedSeconds: 3600, vaultSeconds: 3600, reportSeconds: 86_400 },
  ...changes,
});
const longAgo = new Date(Date.now() - 2 * HOUR_MS);

async function addChanged(changes: Partial<NewScan>): Promise<QueuedScan> {
  const queued = await addQueuedScan({ db: test.db, url: test.url, dir });
  await asAccount(test.db, queued.accountId, (tx) => tx.update(scans).set(changes).where(eq(scans.id, queued.scanId)));
  return queued;
}
async function keysOf({ accountId, scanId }: QueuedScan): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of blobs.list(scanPrefix(accountId, scanId))) keys.push(key);
  return keys;
}
const put = (queued: QueuedScan, name: string) =>
  blobs.put(scanPrefix(queued.accountId, queued.scanId) + name, Readable.from([Buffer.from('x')]));

describe('sweep', () => {
  it('expires recordings that nobody finished, with their keys and blobs, and leaves younger ones', async () => {
    const old = await addChanged({ status: 'uploading', createdAt: longAgo });
    const young = await addChanged({ status: 'recording' });
    expect(await sweep(deps())).toEqual({ ...NOTHING, expired: 1 });
    const { scan, events } = await lookAt(test.db, old);
    expect(scan).toMatchObject({ status: 'expired', wrappedKey: null, placeholderKey: null });
    expect(events.at(-1)).toMatchObject({ step: 'scan', status: 'errored' });
    expect(await keysOf(old)).toEqual([]);
    expect((await lookAt(test.db, young)).scan?.status).toBe('recording');
    expect(await keysOf(young)).toHaveLength(3);
    expect(await sweep(deps())).toEqual(NOTHING);
  });

  it('closes the vault of an ended scan, and keeps its report', async () => {
    const ended = await addChanged({ status: 'complete', finishedAt: longAgo });
    for (const name of ['artifacts/raw_exchanges-1', 'artifacts/dictionary-1', 'artifacts/report-1'])
      await put(ended, name);
    expect(await sweep(deps())).toEqual({ ...NOTHING, vaultsClosed: 1 });
    const { scan } = await lookAt(test.db, ended);
    expect(scan).toMatchObject({ status: 'complete', wrappedKey: null, placeholderKey: null });
    expect(scan?.vaultClosedAt).toBeInstanceOf(Date);
    expect((await keysOf(ended)).map((key) => key.split('/').at(-1))).toEqual(['report-1']);
  });

  it('erases a report past its keep', async () => {
    const ended = await addChanged({ status: 'complete', finishedAt: new Date(Date.now() - 48 * HOUR_MS) });
    expect(await sweep(deps())).toMatchObject({ reportsErased: 1 });
    expect((await lookAt(test.db, ended)).scan).toMatchObject({ status: 'erased', targetUrl: '' });
    expect(await keysOf(ended)).toEqual([]);
  });

  it('deletes blobs that no row names, once they are old enough', async () => {
    const queued = await addChanged({ client: 'test' });
    await put(queued, 'artifacts/report-orphan');
    expect(await sweep(deps())).toEqual(NOTHING);
    const later = () => new Date(Date.now() + 2 * HOUR_MS);
    const { blobsDeleted } = await sweep(deps({ now: later }));
    expect(blobsDeleted).toBeGreaterThanOrEqual(1);
    expect(await keysOf(queued)).toHaveLength(3);
  });

  it('gives a waiting scan a job when it has none, and only then', async () => {
    const held = await addChanged({ sealedAt: longAgo });
    expect(await requeueLost(deps())).toBe(0);
    const before = (await queue.counts()).waiting;
    await asAccount(test.db, held.accountId, (tx) => queue.enqueueScan(tx, held.scanId));
    expect((await queue.counts()).waiting).toBe(before);
    const asked = { ...queue, scansWithJob: () => Promise.resolve(new Set<string>()) };
    expect(await requeueLost(deps({ queue: asked }))).toBeGreaterThanOrEqual(1);
    expect((await queue.counts()).waiting).toBe(before);
  });

  it('adds no job when the transaction is undone', async () => {
    const queued = await addChanged({ client: 'test' });
    const { waiting } = await queue.counts();
    const other = await addChanged({ client: 'test' });
    await expect(
      asAccount(test.db, other.accountId, async (tx) => {
        await queue.enqueueScan(tx, crypto.randomUUID());
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect((await queue.counts()).waiting).toBe(waiting + 1);
    expect(await queue.scansWithJob([queued.scanId, other.scanId, crypto.randomUUID()])).toEqual(
      new Set([queued.scanId, other.scanId]),
    );
  });
});

describe('eraseScan', () => {
  it('takes everything away, may be repeated, and refuses strangers', async () => {
    const queued = await addChanged({ status: 'complete' });
    const stranger = await addChanged({ client: 'test' });
    const erase = (accountId: string) => eraseScan({ db: test.db, blobs }, { accountId, scanId: queued.scanId });
    expect(await erase(stranger.accountId)).toBe(false);
    expect(await keysOf(queued)).toHaveLength(3);
    expect(await erase(queued.accountId)).toBe(true);
    expect(await keysOf(queued)).toEqual([]);
    expect((await lookAt(test.db, queued)).scan).toMatchObject({ status: 'erased', wrappedKey: null });
    expect(await erase(queued.accountId)).toBe(true);
  });
});
