import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { STEP_IDS, type StepId } from '#shared/events.ts';
import type { BlobSettings } from '../blobs/open.ts';
import { asAccount, type Database } from '../db/client.ts';
import { DatabaseError } from '../db/database-error.ts';
import { findScanAccount } from '../db/lookups.ts';
import {
  ClaimLost,
  endScan,
  forgiveAttempt,
  readCheckpoints,
  readSegments,
  requireClaim,
  takeUpScan,
} from '../db/run-rows.ts';
import { appendEvents, type ScanRow } from '../db/scan-rows.ts';
import { isAppError } from '../errors.ts';
import type { StepFault } from '../pipeline/fault.ts';
import { serveRows } from '../pipeline/rows-port.ts';
import type { PipelineRows } from '../pipeline/store.ts';
import type { ThreadOutcome, ThreadTask } from '../pipeline/thread.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import type { KeyWrapper } from '../scrubbing/key-wrapper.ts';
import { unwrapScanKey } from '../scrubbing/vault.ts';
import { createDatabaseRows } from './database-rows.ts';
import { JobFailure, type ScanJob } from './queue.ts';

export interface ProcessDeps {
  db: Database;
  wrapper: KeyWrapper;
  blobs: BlobSettings;
  /** What the thread's `openOutward` is given; plain data. */
  outward: unknown;
  runThread: (
    task: ThreadTask,
    options: { transferList: MessagePort[]; signal: AbortSignal },
  ) => Promise<ThreadOutcome>;
  /** Claims without any progress after which a scan is parked. */
  maxAttempts: number;
  onFault: (scanId: string, fault: StepFault) => void;
  /** Told why a job was given back; never with a captured value. */
  onError: (error: unknown) => void;
}

/** How long a thread may take to end by itself before it is ended from outside. */
const THREAD_GRACE_MS = 5_000;

/** The thread ended by itself before the scan did. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly code: string;
  readonly outside: boolean;
  constructor(code: string, outside: boolean) {
    super(code);
    this.code = code;
    this.outside = outside;
  }
}

interface Taken {
  scan: ScanRow;
  task: Omit<ThreadTask, 'rows' | 'control'>;
}

const firstMissing = (done: readonly { step: StepId }[]): StepId | null =>
  STEP_IDS.find((id) => !done.some(({ step }) => step === id)) ?? null;

async function park(deps: ProcessDeps, { scanId, claim }: ScanJob, accountId: string): Promise<void> {
  await asAccount(deps.db, accountId, async (tx) => {
    await requireClaim(tx, claim);
    const failedStep = firstMissing(await readCheckpoints(tx, scanId));
    if (!(await endScan(tx, scanId, { status: 'parked', failedStep, verdict: null }))) return;
    const message = asScrubbed(
      `Processing stopped ${deps.maxAttempts} times at the same place, so this scan was set aside.`,
    );
    await appendEvents(tx, scanId, [{ step: 'scan', status: 'errored', message }]);
  });
}

/** Counts the attempt and collects what the thread needs; null when there is nothing (more) to do. */
async function takeUp(deps: ProcessDeps, job: ScanJob, accountId: string): Promise<Taken | null> {
  const { scanId, claim } = job;
  const taken = await asAccount(deps.db, accountId, async (tx) => {
    await requireClaim(tx, claim);
    const scan = await takeUpScan(tx, scanId);
    return scan && { scan, segments: await readSegments(tx, scanId) };
  });
  if (!taken) return null;
  const { scan, segments } = taken;
  if (scan.attempts > deps.maxAttempts) {
    await park(deps, job, accountId);
    return null;
  }
  const unwrap = (key: Uint8Array | null) =>
    key &&
    unwrapScanKey(deps.wrapper, scanId, key).catch((error: unknown) => {
      throw isAppError(error) && error.code === 'UNAVAILABLE' ? new Interrupted('KEYS_UNAVAILABLE', true) : error;
    });
  return {
    scan,
    task: {
      accountId,
      scan: {
        scanId,
        targetUrl: scan.targetUrl,
        intentText: scan.intentText,
        starterTemplate: scan.starterTemplate,
        consent: scan.consent,
        createdAt: scan.createdAt.toISOString(),
      },
      source: scan.source,
      segments: segments.map(({ n, blobKey, expandedBytes }) => ({ n, blobKey, expandedBytes })),
      dataKey: await unwrap(scan.wrappedKey),
      placeholderKey: await unwrap(scan.placeholderKey),
      blobs: deps.blobs,
      outward: deps.outward,
    },
  };
}

/** Remembers what the rows threw, because only a code of it crosses to the thread and back. */
function remembering(rows: PipelineRows) {
  const memory: { error: Error | null } = { error: null };
  const keep =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      call(...args).catch((error: unknown) => {
        memory.error ??= error instanceof Error ? error : new Error('unknown');
        throw error;
      });
  const kept: PipelineRows = {
    checkpoints: keep(rows.checkpoints),
    announce: keep(rows.announce),
    commit: keep(rows.commit),
    pastAttempts: keep(rows.pastAttempts),
    appendAttempt: keep(rows.appendAttempt),
    finish: keep(rows.finish),
  };
  return { rows: kept, memory };
}

async function runTaken(deps: ProcessDeps, job: ScanJob, accountId: string, task: Taken['task']): Promise<void> {
  const toRows = new MessageChannel();
  const toControl = new MessageChannel();
  const { rows, memory } = remembering(createDatabaseRows({ db: deps.db, accountId, ...job }));
  serveRows(toRows.port1, rows);
  toControl.port1.on('message', (fault: StepFault) => deps.onFault(job.scanId, fault));
  const kill = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    toControl.port1.postMessage('end');
    timer = setTimeout(() => kill.abort(), THREAD_GRACE_MS);
  };
  job.signal.addEventListener('abort', end, { once: true });
  if (job.signal.aborted) end();
  try {
    const whole: ThreadTask = { ...task, rows: toRows.port2, control: toControl.port2 };
    const transferList = [toRows.port2, toControl.port2];
    const outcome = await deps.runThread(whole, { transferList, signal: kill.signal });
    if ('interrupted' in outcome) throw memory.error ?? new Interrupted(outcome.interrupted, outcome.outside);
  } catch (error) {
    throw memory.error ?? error;
  } finally {
    clearTimeout(timer);
    job.signal.removeEventListener('abort', end);
    toRows.port1.close();
    toControl.port1.close();
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'RUN_FAILED';

/**
 * Works on one scan until it ends. A claim that is lost ends it quietly; all else that stops it is thrown as `JobFailure`, and
 * the job comes again. Trouble around the scan (database, blobs, keys, shutdown) does not count as an attempt; a thread that
 * died does.
 */
export async function processScan(deps: ProcessDeps, job: ScanJob): Promise<void> {
  const { scanId } = job;
  const accountId = await findScanAccount(deps.db, scanId);
  if (!accountId) return;
  try {
    const taken = await takeUp(deps, job, accountId);
    if (taken) await runTaken(deps, job, accountId, taken.task);
  } catch (error) {
    if (error instanceof ClaimLost) return;
    const outside = error instanceof Interrupted && error.outside;
    const forgiven = job.signal.aborted || outside || error instanceof DatabaseError;
    if (forgiven) await asAccount(deps.db, accountId, (tx) => forgiveAttempt(tx, scanId)).catch(() => undefined);
    if (!job.signal.aborted) deps.onError(error);
    throw new JobFailure(codeOf(error));
  }
}
