import { threadId, type MessagePort } from 'node:worker_threads';
import { openBlobs, type BlobSettings } from '../blobs/open.ts';
import { BlobUnavailable } from '../blobs/store.ts';
import type { CaptureKind } from '../db/schema/scans.ts';
import { AppError } from '../errors.ts';
import { openVault } from '../scrubbing/vault.ts';
import type { AnyStep } from './any-step.ts';
import type { Artifacts } from './artifacts.ts';
import { createBlobArtifacts } from './blob-artifacts.ts';
import type { StepFault } from './fault.ts';
import { connectRows, RowsFailed } from './rows-port.ts';
import { runPipeline, type Moment, type PortSources } from './runner.ts';
import type { ScanFacts } from './step.ts';
import type { Ending } from './store.ts';
import { openStoredCapture, type StoredSegment } from './stored-capture.ts';

/** What a scan's thread is given, as data; `rows` and `control` lead to the main thread. */
export interface ThreadTask {
  accountId: string;
  scan: ScanFacts;
  source: CaptureKind;
  segments: StoredSegment[];
  /** Both null once the vault is closed. */
  dataKey: Uint8Array | null;
  placeholderKey: Uint8Array | null;
  blobs: BlobSettings;
  /** What `openOutward` is given. */
  outward: unknown;
  rows: MessagePort;
  /** Any message on it ends the run; faults leave by it. */
  control: MessagePort;
}

/**
 * How a thread's run ended. `interrupted` is a code; `outside` says that the cause lies around the scan (rows, blobs, a stop),
 * not in it. Errors themselves do not cross threads, since their words may quote what was captured.
 */
export type ThreadOutcome = { ending: Ending } | { interrupted: string; outside: boolean };

/** The ways out of the process, opened when a step first asks and closed with the run. */
export interface Outward {
  egress: PortSources['egress'];
  model: PortSources['model'];
  close: () => Promise<void>;
}

/** What the ways out may know of the scan they serve. */
export interface OutwardContext {
  scan: ScanFacts;
  /** What must not leave; null when the vault is closed or nothing was read yet. */
  readDictionary: () => Promise<Artifacts['dictionary'] | null>;
}

export interface ThreadDeps {
  steps: readonly AnyStep[];
  openOutward: (settings: unknown, context: OutwardContext) => Outward;
  now: () => Date;
  onMoment?: (moment: Moment, step: string) => void | Promise<void>;
}

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'RUN_FAILED';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

const vaultClosed = () =>
  new AppError('VAULT_CLOSED', 'The raw recording was erased after its keep. Record the site again to use it.');

/** Makes the function that a pool's threads run: one scan from its first missing checkpoint to its end. */
export const createThreadTask =
  (deps: ThreadDeps) =>
  async (task: ThreadTask): Promise<ThreadOutcome> => {
    const { rows, control, dataKey, placeholderKey, accountId, scan } = task;
    const abort = new AbortController();
    control.on('message', () => abort.abort(new AppError('UNAVAILABLE', `The run in thread ${threadId} was ended.`)));
    const blobs = openBlobs(task.blobs);
    const vault = dataKey ? openVault(scan.scanId, dataKey) : null;
    const reached = connectRows(rows);
    const artifacts = createBlobArtifacts({ blobs, accountId, scanId: scan.scanId, vault });
    const readDictionary = async () => {
      const refs = (await reached.checkpoints()).map((checkpoint) => checkpoint.artifacts.dictionary);
      const ref = refs.find((found) => found !== undefined);
      return vault && ref ? artifacts.read('dictionary', ref) : null;
    };
    const outward = deps.openOutward(task.outward, { scan, readDictionary });
    try {
      const ending = await runPipeline({
        steps: deps.steps,
        scan,
        rows: reached,
        artifacts,
        ports: {
          capture: () => {
            if (!vault) throw vaultClosed();
            return openStoredCapture({ blobs, vault }, task.source, task.segments);
          },
          placeholderKey: () => {
            if (!placeholderKey) throw vaultClosed();
            return placeholderKey;
          },
          egress: outward.egress,
          model: outward.model,
        },
        now: deps.now,
        signal: abort.signal,
        onFault: (fault: StepFault) => control.postMessage(fault),
        ...(deps.onMoment ? { onMoment: deps.onMoment } : {}),
      });
      return { ending };
    } catch (error) {
      const outside = abort.signal.aborted || error instanceof BlobUnavailable || error instanceof RowsFailed;
      return { interrupted: codeOf(error), outside };
    } finally {
      await outward.close();
      rows.close();
      control.close();
    }
  };
