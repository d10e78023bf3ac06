import type { ArtifactRef } from '../db/schema/checkpoints.ts';
import type { NewEvent } from '../db/scan-rows.ts';
import type { ArtifactName, Artifacts } from './artifacts.ts';
import type { ArtifactStore, Checkpoint, Ending, PipelineRows } from './store.ts';

/** Where a run without a server leaves everything: rows and artifacts in this process, gone with it. */
export interface MemoryStore {
  rows: PipelineRows;
  artifacts: ArtifactStore;
  /** An artifact that a finished step wrote, or null. */
  find: <N extends ArtifactName>(name: N) => Artifacts[N] | null;
  checkpoints: () => readonly Checkpoint[];
  ending: () => Ending | null;
}

/** Rows and artifacts of one run in memory. `onEvent` hears every event in order. */
export function createMemoryStore(onEvent: (event: NewEvent) => void = () => undefined): MemoryStore {
  const held: Partial<Artifacts> = {};
  const checkpoints = new Map<string, Checkpoint>();
  const runs: Awaited<ReturnType<PipelineRows['pastAttempts']>> = [];
  let ending: Ending | null = null;
  const tell = (event: NewEvent) => {
    onEvent(event);
    return Promise.resolve();
  };
  const find = <N extends ArtifactName>(name: N): Artifacts[N] | null => held[name] ?? null;
  return {
    rows: {
      checkpoints: () => Promise.resolve([...checkpoints.values()]),
      announce: tell,
      commit: (checkpoint, event, stale) => {
        for (const step of stale) checkpoints.delete(step);
        checkpoints.set(checkpoint.step, checkpoint);
        return tell(event);
      },
      pastAttempts: () => Promise.resolve([...runs]),
      appendAttempt: (run) => {
        runs.push(run);
        return Promise.resolve();
      },
      finish: (end, event) => {
        ending = end;
        return tell(event);
      },
    },
    artifacts: {
      write: <N extends ArtifactName>(name: N, value: Artifacts[N]): Promise<ArtifactRef> => {
        held[name] = value;
        return Promise.resolve({ key: name, sha256: '', bytes: 0 });
      },
      read: <N extends ArtifactName>(name: N): Promise<Artifacts[N]> => {
        const value = find(name);
        return value === null ? Promise.reject(new Error(`${name} is not held`)) : Promise.resolve(value);
      },
    },
    find,
    checkpoints: () => [...checkpoints.values()],
    ending: () => ending,
  };
}
