import type { Consent, StarterTemplate } from '#shared/api.ts';
import type { CaptureLine } from '#shared/capture.ts';
import type { StepId } from '#shared/events.ts';
import type { ValidationRun } from '#shared/report.ts';
import type { Raw, Scrubbed } from '../scrubbing/brand.ts';
import type { EgressPort } from '../egress/port.ts';
import type { ModelPort } from '../model/port.ts';
import type { ArtifactName, Artifacts } from './artifacts.ts';

/** What every step knows of its scan. */
export interface ScanFacts {
  scanId: string;
  targetUrl: string;
  intentText: string;
  starterTemplate: StarterTemplate;
  consent: Consent | null;
  createdAt: string;
}

/** What was captured: protocol lines, or the text of a HAR file. */
export type CaptureSource =
  { kind: 'recording'; lines: Iterable<Raw<CaptureLine>> } | { kind: 'har'; text: Raw<string> };

/** Rows a step writes while it runs; each commits by itself so that a crash resumes after the last. */
export interface AttemptLog {
  past(): Promise<ValidationRun[]>;
  append(run: Scrubbed<ValidationRun>): Promise<void>;
}

/** The effects a step may declare; it gets only those it names. */
export interface StepPorts {
  /** The raw capture; `ingest` only. */
  capture: CaptureSource;
  /** Key of this scan's placeholders, 32 bytes; `ingest` and `scrub` only. */
  placeholderKey: Uint8Array;
  /** The way out to the captured site; null when the server forbids replays (`recon analyze`). */
  egress: EgressPort | null;
  attempts: AttemptLog;
  /** Null without a key or without the user's consent. */
  model: ModelPort | null;
}
export type PortName = keyof StepPorts;

/** A step that ended before: what the report says of it when it left a gap. */
export interface EarlierStep {
  step: StepId;
  version: number;
  status: 'complete' | 'errored' | 'skipped';
  message: Scrubbed<string>;
}

export interface StepInput<R extends ArtifactName, P extends PortName> {
  scan: ScanFacts;
  artifacts: Pick<Artifacts, R>;
  ports: Pick<StepPorts, P>;
  signal: AbortSignal;
  now: () => Date;
  /** How the steps before this one ended, in order; absent where nobody keeps count. */
  earlier?: readonly EarlierStep[];
  /** Tells the user how far it is. */
  progress: (message: Scrubbed<string>, metadata?: Record<string, string | number | boolean>) => Promise<void>;
}

export interface StepOutput<W extends ArtifactName> {
  artifacts: Pick<Artifacts, W>;
  /** One line for people: what was found. */
  message: Scrubbed<string>;
  metadata?: Record<string, string | number | boolean>;
  /** It had nothing to do (the user said no, nothing qualifies); the user sees it as skipped. */
  skipped?: true;
}

/**
 * A step is a function of stored, declared inputs. The runner loads and parses what it reads, runs it, parses and stores
 * what it writes, and emits its events. `fatal` steps fail the scan; the others leave a gap that the report names.
 */
export interface Step<
  R extends ArtifactName = ArtifactName,
  W extends ArtifactName = ArtifactName,
  P extends PortName = PortName,
> {
  id: StepId;
  /** Raised when the same inputs give another output. */
  version: number;
  /** What it does, in the words the panel shows. */
  title: string;
  reads: readonly R[];
  writes: readonly W[];
  ports: readonly P[];
  fatal: boolean;
  /** What it writes when it failed, so that the steps after it can go on; null for a fatal step. */
  empty: (input: { scan: ScanFacts; reason: Scrubbed<string> }) => Pick<Artifacts, W> | null;
  run: (input: StepInput<R, P>) => Promise<StepOutput<W>>;
}

/** Keeps the literal types of an entry while checking it against the contract. */
export const defineStep = <R extends ArtifactName, W extends ArtifactName, P extends PortName>(
  step: Step<R, W, P>,
): Step<R, W, P> => step;
