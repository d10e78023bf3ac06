import type { StepId } from '#shared/events.ts';
import type { ValidationRun } from '#shared/report.ts';
import type { ArtifactRef, CheckpointStatus } from '../db/schema/checkpoints.ts';
import type { NewEvent } from '../db/scan-rows.ts';
import type { Scrubbed } from '../scrubbing/brand.ts';
import type { ArtifactName, Artifacts } from './artifacts.ts';

/** The end of a step, as stored. `artifacts` names everything that it wrote. */
export interface Checkpoint {
  step: StepId;
  version: number;
  status: CheckpointStatus;
  message: Scrubbed<string>;
  metadata: Record<string, string | number | boolean>;
  durationMs: number;
  artifacts: Partial<Record<ArtifactName, ArtifactRef>>;
}

export interface Ending {
  status: 'complete' | 'failed';
  failedStep: StepId | null;
  verdict: Scrubbed<string> | null;
}

/**
 * A scan's rows as the runner sees them. Each call is one short transaction and throws when the claim on the scan is lost;
 * `commit` makes checkpoint, artifacts and events true together and drops the checkpoints that `stale` names.
 */
export interface PipelineRows {
  checkpoints: () => Promise<Checkpoint[]>;
  announce: (event: NewEvent) => Promise<void>;
  commit: (checkpoint: Checkpoint, event: NewEvent, stale: readonly StepId[]) => Promise<void>;
  pastAttempts: () => Promise<ValidationRun[]>;
  appendAttempt: (run: Scrubbed<ValidationRun>) => Promise<void>;
  finish: (ending: Ending, event: NewEvent) => Promise<void>;
}

/** A scan's artifacts. What is written was parsed before; what is read is parsed again. */
export interface ArtifactStore {
  write: <N extends ArtifactName>(name: N, value: Artifacts[N]) => Promise<ArtifactRef>;
  read: <N extends ArtifactName>(name: N, ref: ArtifactRef) => Promise<Artifacts[N]>;
}
