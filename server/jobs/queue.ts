import { PgBoss } from 'pg-boss';
import postgres from 'postgres';
import { z } from 'zod';
import type { AccountTx } from '../db/client.ts';
import { safely } from '../db/database-error.ts';
import { asQueueTransaction } from '../db/queue-transaction.ts';
import type { Claim } from '../db/run-rows.ts';
import { createBossDatabase } from './boss-database.ts';

/** Its tables are read by `requireClaim` too. */
const QUEUE = 'scan';

export interface QueueOptions {
  /** As `recon_app`. */
  url: string;
  /** Whether this process looks after dead workers' jobs and old rows; true in workers. */
  supervise: boolean;
  /** Told codes of errors that the queue met on its own; never a parameter. */
  onError?: (code: string) => void;
}

/** One job: which scan, the claim, and a signal that fires when the claim is gone. */
export interface ScanJob {
  scanId: string;
  claim: Claim;
  signal: AbortSignal;
}

export interface Queue {
  /** Adds the job of a scan in the transaction that makes it due; a scan that has one keeps that. */
  enqueueScan: (tx: AccountTx, scanId: string) => Promise<void>;
  /** Works on jobs in `slots` loops until `close`. The handler throws `JobFailure` to have the job tried again. */
  work: (slots: number, handler: (job: ScanJob) => Promise<void>) => Promise<void>;
  /** Jobs by state. */
  counts: () => Promise<{ waiting: number; active: number; failed: number }>;
  /** The scans among these that have a job waiting or under way. */
  scansWithJob: (scanIds: readonly string[]) => Promise<Set<string>>;
  /** Takes no more jobs; returns when those under way have ended, or after `timeoutMs`. */
  close: (timeoutMs?: number) => Promise<void>;
}

/** Why a job ended badly, as a code; the queue stores nothing else. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  constructor(code: string) {
    super(code);
    this.stack = '';
  }
}

const jobData = z.object({ scanId: z.uuid() });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'QUEUE_ERROR';

const settings = {
  policy: 'exclusive',
  notify: true,
  heartbeatSeconds: 10,
  expireInSeconds: 6 * 3600,
  retryLimit: 100,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  retentionSeconds: 14 * 86_400,
  deleteAfterSeconds: 86_400,
} as const;

/** Opens the queue on a small pool of its own, so that a claim's heartbeat never waits behind other work. */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const client = postgres(options.url, {
    max: options.supervise ? 4 : 2,
    connect_timeout: 10,
    connection: { application_name: 'browser-recon queue', TimeZone: 'UTC' },
    onnotice: () => undefined,
  });
  const boss = new PgBoss({
    db: createBossDatabase(client),
    schema: 'pgboss',
    createSchema: false,
    supervise: options.supervise,
    schedule: false,
    useListenNotify: options.supervise,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    monitorVacuum: false,
    reindex: false,
  });
  boss.on('error', (error) => options.onError?.(codeOf(error)));
  const close = async (timeoutMs = 20_000) => {
    await boss.stop({ graceful: true, timeout: timeoutMs }).catch(() => undefined);
    await client.end({ timeout: 5 });
  };
  try {
    await safely(async () => {
      await boss.start();
      await boss.createQueue(QUEUE, settings);
    });
  } catch (error) {
    await close(1000);
    throw error;
  }
  return {
    enqueueScan: async (tx, scanId) => {
      await boss.send(QUEUE, { scanId }, { singletonKey: scanId, db: asQueueTransaction(tx) });
    },
    work: async (slots, handler) => {
      const workOptions = {
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 2,
        includeMetadata: true,
      } as const;
      for (let slot = 0; slot < slots; slot++) {
        const worker = await boss.work<unknown, unknown, typeof workOptions>(QUEUE, workOptions, async ([job]) => {
          if (!job) return;
          const { scanId } = jobData.parse(job.data);
          try {
            await handler({ scanId, claim: { jobId: job.id, retryCount: job.retryCount }, signal: job.signal });
          } catch (error) {
            throw error instanceof JobFailure ? error : new JobFailure(codeOf(error));
          } finally {
            setImmediate(() => boss.notifyWorker(worker));
          }
        });
      }
    },
    counts: () =>
      safely(async () => {
        const rows =
          await client`select state, count(*)::int as n from pgboss.job where name = ${QUEUE} group by state`;
        const of = (...states: string[]) =>
          rows.filter((row) => states.includes(String(row['state']))).reduce((sum, row) => sum + Number(row['n']), 0);
        return { waiting: of('created', 'retry'), active: of('active'), failed: of('failed') };
      }),
    scansWithJob: (scanIds) =>
      safely(async () => {
        const rows = await client`
          select data->>'scanId' as scan from pgboss.job
          where name = ${QUEUE} and state in ('created', 'retry', 'active') and data->>'scanId' in ${client(scanIds.length ? [...scanIds] : [''])}`;
        return new Set(rows.map((row) => String(row['scan'])));
      }),
    close,
  };
}
