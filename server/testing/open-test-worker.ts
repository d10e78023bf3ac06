import path from 'node:path';
import { createFilesystemStore } from '../blobs/filesystem.ts';
import { openDatabase } from '../db/client.ts';
import { openQueue } from '../jobs/queue.ts';
import { startWorker } from '../jobs/worker.ts';
import type { StepFault } from '../pipeline/fault.ts';
import { createFileKeyWrapper } from '../scrubbing/file-key-wrapper.ts';
import type { Death } from './fake-thread.ts';

export interface TestWorkerOptions {
  url: string;
  /** Holds blobs and the vault key. */
  dir: string;
  death?: Death | null;
  maxAttempts?: number;
  threadMegabytes?: number;
  onError?: (error: unknown) => void;
  onFault?: (scanId: string, fault: StepFault) => void;
  /** Runs the pipeline itself, not the fake steps. */
  pipeline?: boolean;
}

export const blobFolder = (dir: string): string => path.join(dir, 'blobs');
export const keyFile = (dir: string): string => path.join(dir, 'vault.key');

/** A real worker that runs the fake steps, unless it is told to run the pipeline. */
export async function openTestWorker(options: TestWorkerOptions): Promise<{ stop: () => Promise<void> }> {
  const { url, dir } = options;
  const { db, close } = openDatabase(url, { max: 4 });
  const queue = await openQueue({ url, supervise: true });
  const worker = await startWorker({
    db,
    queue,
    wrapper: createFileKeyWrapper({ file: keyFile(dir) }),
    blobs: { kind: 'filesystem', dir: blobFolder(dir) },
    store: createFilesystemStore({ dir: blobFolder(dir) }),
    outward: { allowPrivate: [], proxySecretArn: null, model: null },
    now: () => new Date(),
    keep: { unsealedSeconds: 86_400, vaultSeconds: 86_400, reportSeconds: 86_400 },
    slots: 1,
    threadMegabytes: options.threadMegabytes ?? 256,
    onError: options.onError ?? (() => undefined),
    onFault: options.onFault ?? (() => undefined),
    maxAttempts: options.maxAttempts ?? 5,
    ...(options.pipeline ? {} : { threadModule: new URL('./fake-thread.ts', import.meta.url) }),
    threadData: { death: options.death ?? null },
  });
  return {
    stop: async () => {
      await worker.stop();
      await close();
    },
  };
}
