import type { StepId } from '#shared/events.ts';
import { asScrubbed, type Scrubbed } from '../scrubbing/brand.ts';
import type { AnyStep } from './any-step.ts';
import type { ArtifactName, Artifacts } from './artifacts.ts';
import type { StepFault } from './fault.ts';
import { endEarly, runStep, type Refs } from './run-step.ts';
import type { EarlierStep, PortName, ScanFacts, StepPorts } from './step.ts';
import type { ArtifactStore, Checkpoint, Ending, PipelineRows } from './store.ts';

/** Opens a port when a step that declares it runs. `attempts` is the runner's own. */
export type PortSources = { [P in Exclude<PortName, 'attempts'>]: () => Promise<StepPorts[P]> | StepPorts[P] };

/** Named moments of a step, in order; tests end the process at them. */
export const MOMENTS = ['started', 'ran', 'stored', 'committed'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface PipelineDeps {
  steps: readonly AnyStep[];
  scan: ScanFacts;
  rows: PipelineRows;
  artifacts: ArtifactStore;
  ports: PortSources;
  now: () => Date;
  /** Aborted: the run ends between two calls and throws the signal's reason; nothing of the step under way is kept. */
  signal: AbortSignal;
  /** Steps that are left out, each with its reason; they write what they write when they failed. */
  leaveOut?: Partial<Record<StepId, Scrubbed<string>>>;
  onFault?: (fault: StepFault) => void;
  onMoment?: (moment: Moment, step: StepId) => void | Promise<void>;
}

async function store(deps: PipelineDeps, step: AnyStep, artifacts: Partial<Artifacts>): Promise<Refs> {
  const refs: Refs = {};
  const write = async <N extends ArtifactName>(name: N) => {
    const value = artifacts[name];
    if (value !== undefined) refs[name] = await deps.artifacts.write(name, value);
  };
  for (const name of step.writes) await write(name);
  return refs;
}

const isDone = (step: AnyStep, checkpoint: Checkpoint | undefined): checkpoint is Checkpoint =>
  checkpoint?.version === step.version && !(step.fatal && checkpoint.status === 'errored');

async function finish(
  deps: PipelineDeps,
  failed: AnyStep | null,
  reason: Scrubbed<string>,
  refs: Refs,
): Promise<Ending> {
  const report = !failed && refs.report ? await deps.artifacts.read('report', refs.report) : null;
  const ending: Ending = {
    status: failed ? 'failed' : 'complete',
    failedStep: failed?.id ?? null,
    verdict: report ? asScrubbed(report.verdict.sentence) : null,
  };
  await deps.rows.finish(ending, { step: 'scan', status: failed ? 'errored' : 'complete', message: reason });
  return ending;
}

/**
 * Runs the steps in order from the first that has no checkpoint of its version, each as load → parse → run → parse → store →
 * commit. A step that fails leaves its empty artifacts and the run goes on; a fatal one ends the scan. Throws what rows and
 * artifacts throw (lost claim, no database, no blobs) and the signal's reason; then the run may be taken up again later.
 */
export async function runPipeline(deps: PipelineDeps): Promise<Ending> {
  const known = new Map((await deps.rows.checkpoints()).map((checkpoint) => [checkpoint.step, checkpoint]));
  const refs: Refs = {};
  const earlier: EarlierStep[] = [];
  let reused = true;
  for (const [index, step] of deps.steps.entries()) {
    const checkpoint = known.get(step.id);
    reused &&= isDone(step, checkpoint);
    if (reused && checkpoint) {
      Object.assign(refs, checkpoint.artifacts);
      earlier.push(checkpoint);
      continue;
    }
    deps.signal.throwIfAborted();
    const startedAt = deps.now().getTime();
    const message = deps.leaveOut?.[step.id];
    if (!message) await deps.rows.announce({ step: step.id, status: 'started', message: asScrubbed(step.title) });
    await deps.onMoment?.('started', step.id);
    const outcome = message ? endEarly(deps, step, message, 'skipped') : await runStep(deps, step, refs, earlier);
    await deps.onMoment?.('ran', step.id);
    deps.signal.throwIfAborted();
    const written = outcome.artifacts ? await store(deps, step, outcome.artifacts) : {};
    await deps.onMoment?.('stored', step.id);
    const durationMs = Math.max(0, deps.now().getTime() - startedAt);
    const ended: Checkpoint = {
      step: step.id,
      version: step.version,
      status: outcome.status,
      message: outcome.message,
      metadata: outcome.metadata,
      durationMs,
      artifacts: written,
    };
    const event = { step: step.id, status: outcome.status, message: outcome.message };
    const later = deps.steps.slice(index + 1).map(({ id }) => id);
    await deps.rows.commit(ended, { ...event, metadata: { ...outcome.metadata, durationMs } }, later);
    await deps.onMoment?.('committed', step.id);
    Object.assign(refs, written);
    earlier.push(ended);
    if (outcome.status === 'errored' && (step.fatal || !outcome.artifacts))
      return finish(deps, step, outcome.message, refs);
  }
  return finish(deps, null, asScrubbed('The report is ready.'), refs);
}
