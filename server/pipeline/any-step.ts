import type { StepId } from '#shared/events.ts';
import type { Scrubbed } from '../scrubbing/brand.ts';
import type { ArtifactName, Artifacts } from './artifacts.ts';
import type { PortName, ScanFacts, StepInput } from './step.ts';

/** Any entry of the list, whatever it reads and writes; each was checked against the contract by `defineStep`. */
export interface AnyStep {
  id: StepId;
  version: number;
  title: string;
  reads: readonly ArtifactName[];
  writes: readonly ArtifactName[];
  ports: readonly PortName[];
  fatal: boolean;
  empty: (input: { scan: ScanFacts; reason: Scrubbed<string> }) => Partial<Artifacts> | null;
  run: (input: StepInput<ArtifactName, PortName>) => Promise<{
    artifacts: Partial<Artifacts>;
    message: Scrubbed<string>;
    metadata?: Record<string, string | number | boolean>;
    skipped?: true;
  }>;
}
