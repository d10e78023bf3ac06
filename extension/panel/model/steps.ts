import type { StepId } from '#shared/events.ts';
import { STEP_IDS } from '#shared/events.ts';
import type { RecordingState, StepView } from '../../messages.ts';

const STEP_NAMES: Readonly<Record<StepId, string>> = {
  ingest: 'Reading the recording',
  detection: 'Looking for what protects the site',
  analysis: 'Working out the endpoints',
  scrub: 'Replacing personal and secret values',
  intent_filter: 'Picking what answers your question',
  validation: 'Trying the endpoints from ordinary clients',
  synthesis: 'Writing names, notes and starter code',
  render: 'Putting the report together',
};

export type StepStatus = 'pending' | 'running' | 'complete' | 'errored' | 'skipped';

export interface StepLine {
  step: StepId;
  /** The step in words. */
  name: string;
  status: StepStatus;
  message: string;
  /** Running or finished time in milliseconds; null before the step began. */
  durationMs: number | null;
  /** Messages while it runs, newest last; empty unless the step is running. */
  progress: readonly string[];
}

/** The status in a word, for those who do not see the glyph. */
export const STATUS_WORDS: Readonly<Record<StepStatus, string>> = {
  pending: 'waiting',
  running: 'running',
  complete: 'done',
  errored: 'had a problem',
  skipped: 'skipped',
};

const toStatus = (status: StepView['status']): StepStatus =>
  status === 'started' || status === 'progress' ? 'running' : status;

function toLine(step: StepId, view: StepView | undefined, nowMs: number): StepLine {
  const status = view ? toStatus(view.status) : 'pending';
  const startedMs = view?.startedAt ? Date.parse(view.startedAt) : null;
  const endedMs = view?.endedAt ? Date.parse(view.endedAt) : status === 'running' ? nowMs : null;
  return {
    step,
    name: STEP_NAMES[step],
    status,
    message: view?.message ?? '',
    durationMs: startedMs === null || endedMs === null ? null : Math.max(0, endedMs - startedMs),
    progress: status === 'running' ? (view?.progress ?? []) : [],
  };
}

/** All eight steps in pipeline order; those the server has not spoken of yet are pending. */
export function stepLines(steps: readonly StepView[], nowMs: number): StepLine[] {
  return STEP_IDS.map((step) =>
    toLine(
      step,
      steps.find((view) => view.step === step),
      nowMs,
    ),
  );
}

/** The report can be read, in part, once the endpoints that answer the question are known. */
export function isReportReadable(recording: Pick<RecordingState, 'phase' | 'reportUrl' | 'steps'>): boolean {
  if (!recording.reportUrl) return false;
  if (recording.phase === 'done') return true;
  return recording.steps.some((view) => view.step === 'intent_filter' && view.status === 'complete');
}

/** `3 of 8 steps done`: finished in whatever way. */
export function countFinished(lines: readonly StepLine[]): number {
  return lines.filter((line) => line.status !== 'pending' && line.status !== 'running').length;
}
