import { randomBytes } from 'node:crypto';
import type { NewEvent } from '../db/scan-rows.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import type { AnyStep } from './any-step.ts';
import type { StepFault } from './fault.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { runPipeline } from './runner.ts';
import type { CaptureSource, ScanFacts } from './step.ts';
import type { Ending } from './store.ts';

export interface AnalyzeOptions {
  steps: readonly AnyStep[];
  scan: ScanFacts;
  capture: CaptureSource;
  now: () => Date;
  signal: AbortSignal;
  /** 32 bytes; the same key gives the same placeholders. Random when absent. */
  placeholderKey?: Uint8Array;
  onEvent?: (event: NewEvent) => void;
  onFault?: (fault: StepFault) => void;
}

/** Runs the pipeline in this process without server, database, model or network: nothing is replayed. */
export async function analyzeCapture(options: AnalyzeOptions): Promise<{ ending: Ending; store: MemoryStore }> {
  const { steps, scan, capture, now, signal, onEvent, onFault } = options;
  const store = createMemoryStore(onEvent);
  const placeholderKey = options.placeholderKey ?? new Uint8Array(randomBytes(32));
  const ending = await runPipeline({
    steps,
    scan,
    rows: store.rows,
    artifacts: store.artifacts,
    ports: {
      capture: () => capture,
      placeholderKey: () => placeholderKey,
      egress: () => null,
      model: () => null,
    },
    now,
    signal,
    leaveOut: { validation: asScrubbed('Nothing is sent when a capture is analysed offline.') },
    ...(onFault ? { onFault } : {}),
  });
  return { ending, store };
}
