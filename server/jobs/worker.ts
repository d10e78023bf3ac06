import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { OutwardSettings } from '../pipeline/outward.ts';
import type { ThreadOutcome, ThreadTask } from '../pipeline/thread.ts';
import { processScan, type ProcessDeps } from './process-scan.ts';
import type { Queue } from './queue.ts';
import { startSweeps, type SweepDeps, type Swept } from './sweeps.ts';

export interface WorkerDeps extends Omit<ProcessDeps, 'runThread' | 'maxAttempts' | 'outward'> {
  outward: OutwardSettings;
  queue: Queue;
  /** Opened from the same settings as the threads' own. */
  store: SweepDeps['blobs'];
  now: () => Date;
  keep: SweepDeps['keep'];
  /** Scans worked on at once. */
  slots: number;
  /** Memory a scan's thread may take, in MB. */
  threadMegabytes: number;
  onError: (error: unknown) => void;
  onSwept?: (swept: Swept) => void;
  maxAttempts?: number;
  /** Module whose default export is made by `createThreadTask`. */
  threadModule?: URL;
  /** Handed to every thread as it starts. */
  threadData?: unknown;
}

const MAX_ATTEMPTS = 5;

/**
 * Works on queued scans, each in a thread of its own, and sweeps. `stop` takes no more jobs, ends those under way between
 * two of their writes, hands them back to the queue and returns within about twenty seconds.
 */
export async function startWorker(deps: WorkerDeps): Promise<{ stop: () => Promise<void> }> {
  const pool = new Piscina<ThreadTask, ThreadOutcome>({
    filename: fileURLToPath(deps.threadModule ?? new URL('../pipeline/scan-thread.ts', import.meta.url)),
    execArgv: ['--import', import.meta.resolve('tsx')],
    workerData: deps.threadData,
    minThreads: 0,
    maxThreads: deps.slots,
    concurrentTasksPerWorker: 1,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: deps.threadMegabytes },
  });
  const stopping = new AbortController();
  const process: ProcessDeps = {
    ...deps,
    runThread: (task, options) => pool.run(task, options),
    maxAttempts: deps.maxAttempts ?? MAX_ATTEMPTS,
  };
  await deps.queue.work(deps.slots, (job) =>
    processScan(process, { ...job, signal: AbortSignal.any([job.signal, stopping.signal]) }),
  );
  const sweeps = startSweeps({
    db: deps.db,
    blobs: deps.store,
    queue: deps.queue,
    now: deps.now,
    keep: deps.keep,
    onError: deps.onError,
    ...(deps.onSwept ? { onSwept: deps.onSwept } : {}),
  });
  return {
    stop: async () => {
      stopping.abort();
      await deps.queue.close();
      await sweeps.close();
      await pool.destroy();
    },
  };
}
