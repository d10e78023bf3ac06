import { spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asAccount } from '../db/client.ts';
import { readAttempts, type Claim } from '../db/run-rows.ts';
import { readExport, readArtifact } from '../pipeline/read-artifact.ts';
import { createFilesystemStore } from '../blobs/filesystem.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { ATTEMPTS, FAKE_STEPS } from '../testing/fake-steps.ts';
import type { Death } from '../testing/fake-thread.ts';
import { blobFolder, openTestWorker } from '../testing/open-test-worker.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { addQueuedScan, LINES, lookAt, waitForStatus, type QueuedScan } from '../testing/queued-scan.ts';
import { createDatabaseRows } from './database-rows.ts';
import { openQueue, type ScanJob } from './queue.ts';

const PROCESS = fileURLToPath(new URL('../testing/worker-process.ts', import.meta.url));
const STEPS_IN_ORDER = FAKE_STEPS.map(({ id }) => id);

interface Place {
  db: TestDatabase['db'];
  url: string;
  dir: string;
  test: TestDatabase;
}
let closing: (() => Promise<unknown> | void)[];
beforeEach(() => {
  closing = [];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

async function openPlace(): Promise<Place> {
  const test = await createTestDatabase();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'recon-worker-'));
  closing.push(() => rmSync(dir, { recursive: true, force: true }), test.close);
  return { db: test.db, url: test.url, dir, test };
}

async function runProcess({ url, dir }: Place, death: Death | null) {
  const options = JSON.stringify({ url, dir, death });
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<NodeJS.Signals | number | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code)),
  );
  closing.push(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { child, gone };
}

async function expectFinished(place: Place, queued: QueuedScan) {
  const { events, checkpoints } = await lookAt(place.db, queued);
  const complete = events.filter(({ status, step }) => status === 'complete' && step !== 'scan');
  expect(complete.map(({ step }) => step)).toEqual(STEPS_IN_ORDER);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({ step: 'scan', status: 'complete' });
  const attempts = await asAccount(place.db, queued.accountId, (tx) => readAttempts(tx, queued.scanId));
  expect(attempts).toHaveLength(ATTEMPTS);
  const blobs = createFilesystemStore({ dir: blobFolder(place.dir) });
  const file = await readExport({ db: place.db, blobs }, queued, 'api.md');
  expect(file?.text).toBe(`${LINES} ${ATTEMPTS}`);
  return new Map(
    checkpoints.flatMap(({ artifacts }) => Object.entries(artifacts).map(([name, ref]) => [name, ref.sha256])),
  );
}

describe('worker', () => {
  it('works on a scan to its end, and stores nothing readable of the vault', async () => {
    const place = await openPlace();
    const queued = await addQueuedScan(place);
    const worker = await openTestWorker(place);
    closing.push(worker.stop);
    const scan = await waitForStatus(place.db, queued, 'complete');
    expect(scan).toMatchObject({ failedStep: null, attempts: 0 });
    expect(scan.finishedAt).toBeInstanceOf(Date);
    await expectFinished(place, queued);
    const blobs = createFilesystemStore({ dir: blobFolder(place.dir) });
    let keys = 0;
    for await (const { key } of blobs.list('')) {
      keys++;
      const chunks: Buffer[] = [];
      for await (const chunk of await blobs.get(key)) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).includes('secret-32'), key).toBe(false);
      if (/segments|raw_exchanges|dictionary/.test(key))
        expect(Buffer.concat(chunks).subarray(0, 4).toString(), key).toBe('RCV1');
    }
    expect(keys).toBe(3 + 8);
    const stranger = { accountId: '0b6e0e8e-4a55-4c2b-9a53-0d5b8a3c1f10', scanId: queued.scanId };
    expect(await readArtifact({ db: place.db, blobs }, stranger, 'exports')).toBeNull();
  });

  it('runs the pipeline itself in its thread, from a HAR to the files of the report', async () => {
    const place = await openPlace();
    const text = JSON.stringify({ id: 1, name: 'Lamp', note: 'ü😀' });
    const entry = {
      startedDateTime: '2026-01-01T00:00:00.000Z',
      time: 5,
      request: { method: 'GET', url: 'https://shop.example/api/products/1', httpVersion: 'HTTP/1.1', headers: [] },
      response: {
        status: 200,
        statusText: 'OK',
        httpVersion: 'HTTP/1.1',
        headers: [{ name: 'content-type', value: 'application/json' }],
        content: { size: text.length, mimeType: 'application/json', text },
      },
    };
    const har = JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: [entry] } });
    const queued = await addQueuedScan(place, har);
    const faults: unknown[] = [];
    const worker = await openTestWorker({
      ...place,
      pipeline: true,
      threadMegabytes: 1024,
      onFault: (_scanId, fault) => faults.push(fault),
    });
    closing.push(worker.stop);
    const scan = await waitForStatus(place.db, queued, 'complete');
    expect(faults).toEqual([]);
    expect(scan.verdict).toMatch(/\w/);
    const blobs = createFilesystemStore({ dir: blobFolder(place.dir) });
    const report = await readArtifact({ db: place.db, blobs }, queued, 'report');
    expect(report?.endpoints.map(({ method, template }) => `${method} ${template}`)).toHaveLength(1);
    expect((await readExport({ db: place.db, blobs }, queued, 'openapi.json'))?.text).toContain('/api/products');
  });

  it('is replaced after SIGKILL at any moment, and each step is done once with the same result', async () => {
    const points = [
      'ingest started',
      'ingest stored',
      'detection committed',
      'validation started',
      'attempt e2',
      'validation ran',
      'render committed',
    ];
    const results = await Promise.all(
      points.map(async (at) => {
        const place = await openPlace();
        const queued = await addQueuedScan(place);
        const first = await runProcess(place, { at, times: 'once', how: 'kill', dir: place.dir });
        expect(await first.gone).toBe('SIGKILL');
        expect((await lookAt(place.db, queued)).scan?.status).toBe('processing');
        const worker = await openTestWorker(place);
        closing.push(worker.stop);
        await waitForStatus(place.db, queued, 'complete');
        return expectFinished(place, queued);
      }),
    );
    const sums = (name: string) => new Set(results.map((result) => result.get(name)));
    for (const name of ['exchanges', 'capture_facts', 'protections', 'validation', 'exports'])
      expect(sums(name).size, name).toBe(1);
    expect(sums('dictionary').size).toBe(points.length);
  }, 120_000);

  it('hands a scan back when it is told to stop, and counts nothing against it', async () => {
    const place = await openPlace();
    const queued = await addQueuedScan(place);
    const { child, gone } = await runProcess(place, null);
    await expect
      .poll(async () => (await lookAt(place.db, queued)).events.length, { timeout: 20_000, interval: 10 })
      .toBeGreaterThan(1);
    child.kill('SIGTERM');
    expect(await gone).toBe(0);
    const worker = await openTestWorker(place);
    closing.push(worker.stop);
    await waitForStatus(place.db, queued, 'complete');
    await expectFinished(place, queued);
  });

  it.each(['exit', 'memory'] as const)('sets a scan aside whose thread always ends by %s, and goes on', async (how) => {
    const place = await openPlace();
    const poison = await addQueuedScan(place);
    const death: Death = { at: 'detection ran', times: 'always', how, dir: place.dir };
    const worker = await openTestWorker({ ...place, death, maxAttempts: 2, threadMegabytes: 96 });
    const scan = await waitForStatus(place.db, poison, 'parked');
    expect(scan.failedStep).toBe('detection');
    const { events } = await lookAt(place.db, poison);
    expect(events.filter(({ step, status }) => step === 'detection' && status === 'started')).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ step: 'scan', status: 'errored' });
    await worker.stop();
    const healthy = await addQueuedScan(place);
    const next = await openTestWorker(place);
    closing.push(next.stop);
    await waitForStatus(place.db, healthy, 'complete');
  });

  it('waits for blobs that cannot be reached, without counting it against the scan', async () => {
    const place = await openPlace();
    const queued = await addQueuedScan(place);
    const folder = blobFolder(place.dir);
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, 'no folder');
    const worker = await openTestWorker({ ...place, maxAttempts: 1 });
    closing.push(worker.stop);
    const owner = postgres(place.test.ownerUrl, { max: 1 });
    closing.push(() => owner.end());
    const retries = async () => Number((await owner`select max(retry_count) as n from pgboss.job`)[0]?.['n']);
    await expect.poll(retries, { timeout: 30_000 }).toBeGreaterThan(1);
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
    await waitForStatus(place.db, queued, 'complete');
    await expectFinished(place, queued);
    const [job] = await owner`select output from pgboss.job where output is not null`;
    expect(JSON.stringify(job ?? {})).not.toMatch(/\/|accounts/);
  });
});

describe('a claim', () => {
  it('lets nobody write who lost it', async () => {
    const place = await openPlace();
    const queued = await addQueuedScan(place);
    const queue = await openQueue({ url: place.url, supervise: true });
    closing.push(() => queue.close(1000));
    const { promise, resolve } = Promise.withResolvers<ScanJob>();
    const ended = Promise.withResolvers<void>();
    await queue.work(1, async (job) => {
      resolve(job);
      await ended.promise;
    });
    const { claim } = await promise;
    const owner = postgres(place.test.ownerUrl, { max: 1 });
    closing.push(() => owner.end());
    await owner`update scans set status = 'processing' where id = ${queued.scanId}`;
    const rowsOf = (held: Claim) => createDatabaseRows({ db: place.db, ...queued, claim: held });
    const event = { step: 'ingest', status: 'progress', message: asScrubbed('x') } as const;
    await rowsOf(claim).announce(event);
    await owner`update pgboss.job set retry_count = retry_count + 1 where id = ${claim.jobId}`;
    const before = await lookAt(place.db, queued);
    const stale = rowsOf(claim);
    const checkpoint = {
      step: 'ingest',
      version: 1,
      status: 'complete',
      message: asScrubbed('x'),
      metadata: {},
      durationMs: 1,
      artifacts: {},
    } as const;
    const writes = [
      () => stale.announce(event),
      () => stale.commit(checkpoint, event, []),
      () => stale.finish({ status: 'complete', failedStep: null, verdict: null }, event),
      () => stale.checkpoints(),
      () => stale.pastAttempts(),
    ];
    for (const write of writes) await expect(write()).rejects.toMatchObject({ code: 'CLAIM_LOST' });
    expect(await lookAt(place.db, queued)).toEqual(before);
    await rowsOf({ ...claim, retryCount: claim.retryCount + 1 }).commit(checkpoint, event, []);
    await owner`update pgboss.job set state = 'cancelled' where id = ${claim.jobId}`;
    await expect(rowsOf({ ...claim, retryCount: claim.retryCount + 1 }).announce(event)).rejects.toMatchObject({
      code: 'CLAIM_LOST',
    });
    ended.resolve();
  });
});
