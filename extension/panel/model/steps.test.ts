import { expect, test } from 'vitest';
import { STEP_IDS } from '#shared/events.ts';
import type { StepView } from '../../messages.ts';
import { countFinished, isReportReadable, stepLines } from './steps.ts';

const NOW = Date.parse('2026-01-10T12:00:30.000Z');

function view(step: StepView['step'], status: StepView['status'], extra: Partial<StepView> = {}): StepView {
  return { step, status, message: '', startedAt: null, endedAt: null, progress: [], ...extra };
}

test('every step is listed in order with a name of its own, whatever has arrived', () => {
  const lines = stepLines([view('detection', 'started')], NOW);
  expect(lines.map((line) => line.step)).toEqual([...STEP_IDS]);
  expect(new Set(lines.map((line) => line.name)).size).toBe(STEP_IDS.length);
  for (const line of lines) expect(line.name).not.toContain(line.step);
});

test('started and progress both show as running, with the time so far', () => {
  const startedAt = '2026-01-10T12:00:10.000Z';
  const lines = stepLines(
    [view('ingest', 'started', { startedAt }), view('detection', 'progress', { startedAt, progress: ['a', 'b'] })],
    NOW,
  );
  expect(lines.slice(0, 3).map((line) => [line.status, line.durationMs])).toEqual([
    ['running', 20_000],
    ['running', 20_000],
    ['pending', null],
  ]);
  expect(lines[1]?.progress).toEqual(['a', 'b']);
});

test('a finished step keeps its own time and folds its progress', () => {
  const [line] = stepLines(
    [
      view('ingest', 'complete', {
        startedAt: '2026-01-10T12:00:00.000Z',
        endedAt: '2026-01-10T12:00:01.500Z',
        progress: ['reading'],
      }),
    ],
    NOW,
  );
  expect(line).toMatchObject({ status: 'complete', durationMs: 1500, progress: [] });
});

test('clocks that disagree never give a negative time', () => {
  const [line] = stepLines([view('ingest', 'running', { startedAt: '2026-01-10T12:05:00.000Z' })], NOW);
  expect(line?.durationMs).toBe(0);
});

test('the early report waits for the endpoints that answer', () => {
  const reportUrl = 'http://127.0.0.1:7717/r/abc';
  const readable = (status: StepView['status'], url: string | null, phase: 'processing' | 'done' = 'processing') =>
    isReportReadable({ phase, reportUrl: url, steps: [view('intent_filter', status)] });
  expect(readable('running', reportUrl)).toBe(false);
  expect(readable('complete', reportUrl)).toBe(true);
  expect(readable('complete', null)).toBe(false);
  expect(readable('errored', reportUrl, 'done')).toBe(true);
});

test('skipped and errored steps count as finished', () => {
  const lines = stepLines(
    [view('ingest', 'complete'), view('detection', 'errored'), view('validation', 'skipped')],
    NOW,
  );
  expect(countFinished(lines)).toBe(3);
});
