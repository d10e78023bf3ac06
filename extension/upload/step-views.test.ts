import { expect, it } from 'vitest';
import { type ScanEvent, STEP_IDS } from '#shared/events.ts';
import { stepViewSchema } from '../messages.ts';
import { applyEvents, pendingSteps } from './step-views.ts';

const at = (second: number) => new Date(second * 1000).toISOString();
const event = (
  seq: number,
  step: ScanEvent['step'],
  status: ScanEvent['status'],
  message = `${status} ${seq}`,
): ScanEvent => ({ seq, step, status, message, metadata: {}, createdAt: at(seq) });
const find = (views: ReturnType<typeof pendingSteps>, step: string) => views.find((view) => view.step === step);

it('shows every step from the beginning, in order', () => {
  expect(pendingSteps().map(({ step, status }) => [step, status])).toEqual(STEP_IDS.map((step) => [step, 'pending']));
});

it('follows a step from start over progress to its end', () => {
  const views = applyEvents(pendingSteps(), [
    event(1, 'scan', 'started'),
    event(2, 'ingest', 'started'),
    event(3, 'ingest', 'progress', 'half'),
  ]);
  expect(find(views, 'ingest')).toMatchObject({
    status: 'running',
    message: 'half',
    startedAt: at(2),
    endedAt: null,
    progress: ['half'],
  });
  const ended = applyEvents(views, [
    event(4, 'ingest', 'complete'),
    event(5, 'detection', 'errored'),
    event(6, 'validation', 'skipped'),
  ]);
  expect(['ingest', 'detection', 'validation', 'render'].map((step) => find(ended, step)?.status)).toEqual([
    'complete',
    'errored',
    'skipped',
    'pending',
  ]);
  expect(find(ended, 'ingest')?.endedAt).toBe(at(4));
  for (const view of ended) stepViewSchema.parse(view);
});

it('starts a step afresh when it runs again, and keeps only the latest messages', () => {
  const progress = Array.from({ length: 80 }, (_, n) => event(n + 3, 'validation', 'progress', `attempt ${n}`));
  const first = applyEvents(pendingSteps(), [event(1, 'validation', 'started'), event(2, 'validation', 'errored')]);
  const again = find(applyEvents(first, [event(2, 'validation', 'started'), ...progress]), 'validation');
  expect(again).toMatchObject({ status: 'running', startedAt: at(2), endedAt: null });
  expect(again?.progress.length).toBe(50);
  expect(again?.progress.at(-1)).toBe('attempt 79');
});
