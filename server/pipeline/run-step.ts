import { BlobUnavailable } from '../blobs/store.ts';
import type { ArtifactRef } from '../db/schema/checkpoints.ts';
import type { Scrubbed } from '../scrubbing/brand.ts';
import type { AnyStep } from './any-step.ts';
import type { ArtifactName, Artifacts } from './artifacts.ts';
import { parseArtifact } from './codec.ts';
import { describeFault, explainFault } from './fault.ts';
import type { PipelineDeps, PortSources } from './runner.ts';
import type { AttemptLog, EarlierStep, PortName, StepInput, StepPorts } from './step.ts';
import type { Checkpoint } from './store.ts';

/** How a step ended. `artifacts` is null when it failed and has nothing to go on with. */
export interface Outcome {
  status: Checkpoint['status'];
  artifacts: Partial<Artifacts> | null;
  message: Scrubbed<string>;
  metadata: Record<string, string | number | boolean>;
}

export type Refs = Partial<Record<ArtifactName, ArtifactRef>>;

type Input = StepInput<ArtifactName, PortName>;
type DeclaredInput = Omit<Input, 'artifacts' | 'ports'> & { artifacts: Partial<Artifacts>; ports: Partial<StepPorts> };

/**
 * What a step is given holds only what it declares, which is all that its type lets it see: the one cast from the declared
 * part to the whole.
 */
const asStepInput = (input: DeclaredInput): Input => input as Input;

/** Remembers that rows could not be written or the claim is gone, whatever the step makes of the error it got. */
interface Interruption {
  cause: unknown;
  met: boolean;
}

async function noting<T>(interruption: Interruption, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    interruption.cause = cause;
    interruption.met = true;
    throw cause;
  }
}

async function load(deps: PipelineDeps, step: AnyStep, refs: Refs): Promise<Partial<Artifacts>> {
  const loaded: Partial<Artifacts> = {};
  const readInto = async <N extends ArtifactName>(name: N) => {
    const ref = refs[name];
    if (!ref) throw new Error(`the artifact ${name}, which ${step.id} reads, was never written`);
    loaded[name] = await deps.artifacts.read(name, ref);
  };
  for (const name of step.reads) await readInto(name);
  return loaded;
}

async function openPorts(deps: PipelineDeps, step: AnyStep, attempts: AttemptLog): Promise<Partial<StepPorts>> {
  const opened: Partial<StepPorts> = {};
  const open = async <P extends keyof PortSources>(name: P, source: PortSources[P]) => {
    const port: StepPorts[P] = await source();
    opened[name] = port;
  };
  for (const name of step.ports) {
    if (name === 'attempts') opened.attempts = attempts;
    else await open(name, deps.ports[name]);
  }
  return opened;
}

function checkWritten(step: AnyStep, artifacts: Partial<Artifacts>): Partial<Artifacts> {
  const checked: Partial<Artifacts> = {};
  const check = <N extends ArtifactName>(name: N) => {
    checked[name] = parseArtifact(name, artifacts[name]);
  };
  for (const name of step.writes) check(name);
  return checked;
}

/** Ends a step without its work: with its empty artifacts when it has any. */
export function endEarly(
  deps: PipelineDeps,
  step: AnyStep,
  reason: Scrubbed<string>,
  status: 'errored' | 'skipped',
): Outcome {
  const empty = step.empty({ scan: deps.scan, reason });
  return { status, artifacts: empty && checkWritten(step, empty), message: reason, metadata: {} };
}

/**
 * Loads, runs and checks one step. What the step does wrong is an outcome; a lost claim, unreachable rows or blobs and the
 * end of the run are thrown.
 */
export async function runStep(
  deps: PipelineDeps,
  step: AnyStep,
  refs: Refs,
  earlier: readonly EarlierStep[],
): Promise<Outcome> {
  const { rows, signal } = deps;
  const interruption: Interruption = { cause: null, met: false };
  const attempts: AttemptLog = {
    past: () => noting(interruption, () => rows.pastAttempts()),
    append: (run) => noting(interruption, () => rows.appendAttempt(run)),
  };
  try {
    const output = await step.run(
      asStepInput({
        scan: deps.scan,
        artifacts: await load(deps, step, refs),
        ports: await openPorts(deps, step, attempts),
        signal,
        now: deps.now,
        earlier,
        progress: (message, metadata) =>
          noting(interruption, () =>
            rows.announce({ step: step.id, status: 'progress', message, metadata: metadata ?? {} }),
          ),
      }),
    );
    if (interruption.met) throw interruption.cause;
    return {
      status: output.skipped ? 'skipped' : 'complete',
      artifacts: checkWritten(step, output.artifacts),
      message: output.message,
      metadata: output.metadata ?? {},
    };
  } catch (error) {
    if (interruption.met) throw interruption.cause;
    if (error instanceof BlobUnavailable) throw error;
    signal.throwIfAborted();
    deps.onFault?.(describeFault(step.id, error));
    return endEarly(deps, step, explainFault(step.title, error), 'errored');
  }
}
