import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { BlobUnavailable } from '../blobs/store.ts';
import type { NewEvent } from '../db/scan-rows.ts';
import { asRaw, asScrubbed } from '../scrubbing/brand.ts';
import { ATTEMPTS, FAKE_STEPS } from '../testing/fake-steps.ts';
import { analyzeCapture } from './analyze-capture.ts';
import type { AnyStep } from './any-step.ts';
import type { StepFault } from './fault.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { MOMENTS, runPipeline, type PipelineDeps } from './runner.ts';

const scan = {
  scanId: 'c7b3f5a2-7c1e-4a0e-8f47-55f0a6e1d9b2',
  targetUrl: 'https://shop.example/',
  intentText: '',
  starterTemplate: 'custom',
  consent: null,
  createdAt: '2026-01-01T00:00:00.000Z',
} as const;

function setUp(changes: Partial<Record<string, Partial<AnyStep>>> = {}) {
  const events: NewEvent[] = [];
  const faults: StepFault[] = [];
  const store = createMemoryStore((event) => events.push(event));
  let clock = 0;
  const deps: PipelineDeps = {
    steps: FAKE_STEPS.map((step) => ({ ...step, ...changes[step.id] })),
    scan,
    rows: store.rows,
    artifacts: store.artifacts,
    ports: {
      capture: () => ({ kind: 'har', text: asRaw('{}') }),
      placeholderKey: () => new Uint8Array(32),
      egress: () => null,
      model: () => null,
    },
    now: () => new Date(clock++),
    signal: new AbortController().signal,
    onFault: (fault) => faults.push(fault),
  };
  const trail = () => events.map(({ step, status }) => `${step} ${status}`);
  return { deps, store, events, faults, trail };
}

const runs = (store: MemoryStore) => store.find('validation')?.runs.length;

describe('runPipeline', () => {
  it('runs every step, tells its events and ends the scan', async () => {
    const { deps, store, events, trail } = setUp();
    const ending = await runPipeline(deps);
    expect(ending).toEqual({ status: 'complete', failedStep: null, verdict: null });
    expect(trail()).toEqual([
      'ingest started',
      'ingest progress',
      'ingest complete',
      'detection started',
      'detection complete',
      'validation started',
      'validation complete',
      'render started',
      'render complete',
      'scan complete',
    ]);
    expect(events[2]?.metadata).toEqual({ lines: 2, durationMs: 1 });
    expect(store.find('exports')?.[0]?.text).toBe(`2 ${ATTEMPTS}`);
    expect(store.ending()).toEqual(ending);
  });

  it('goes on after a step that failed, with its empty artifacts and none of its error’s words', async () => {
    const run = () => Promise.reject(new TypeError('token canary-91c2 is not a function'));
    const { deps, store, events, faults, trail } = setUp({ validation: { run } });
    expect((await runPipeline(deps)).status).toBe('complete');
    expect(trail()).toContain('validation errored');
    expect(store.find('validation')?.performed).toBe(false);
    expect(faults).toMatchObject([{ step: 'validation', name: 'TypeError', code: null }]);
    expect(faults[0]?.frames[0]).toMatch(/^at /);
    expect(JSON.stringify([events, faults, store.checkpoints()])).not.toContain('canary-91c2');
  });

  it('tells an AppError’s own words', async () => {
    const run = () => Promise.reject(new AppError('INVALID_SEGMENT', 'The recording holds no line.'));
    const { deps, events } = setUp({ ingest: { run } });
    expect(await runPipeline(deps)).toMatchObject({ status: 'failed', failedStep: 'ingest' });
    expect(events.slice(1).map(({ message }) => message)).toEqual(Array(2).fill('The recording holds no line.'));
  });

  it('takes output that breaks the artifact’s schema for a failure of the step', async () => {
    const run = () =>
      Promise.resolve({ artifacts: { protections: asScrubbed([{}]) as never }, message: asScrubbed('x') });
    const { deps, faults, trail } = setUp({ detection: { run } });
    await runPipeline(deps);
    expect(trail()).toContain('detection errored');
    expect(faults[0]?.name).toMatch(/ZodError/);
  });

  it('marks a step that had nothing to do, and one that is left out', async () => {
    const skipped = { artifacts: { protections: asScrubbed([]) }, message: asScrubbed('no'), skipped: true } as const;
    const { deps, store, trail } = setUp({ detection: { run: () => Promise.resolve(skipped) } });
    await runPipeline({ ...deps, leaveOut: { validation: asScrubbed('offline') } });
    expect(trail()).toEqual(expect.arrayContaining(['detection started', 'detection skipped', 'validation skipped']));
    expect(trail()).not.toContain('validation started');
    expect(store.find('validation')).toMatchObject({ performed: false, reason: 'offline' });
  });

  it.each(MOMENTS.flatMap((moment) => FAKE_STEPS.map(({ id }) => [moment, id] as const)))(
    'taken up after an end at %s of %s, does each step once more at most',
    async (moment, id) => {
      const { deps, store, trail } = setUp();
      const onMoment: PipelineDeps['onMoment'] = (at, step) => {
        if (at === moment && step === id) throw new Error('the process died');
      };
      await expect(runPipeline({ ...deps, onMoment })).rejects.toThrow('the process died');
      await runPipeline(deps);
      for (const step of FAKE_STEPS) expect(trail().filter((entry) => entry === `${step.id} complete`)).toHaveLength(1);
      expect(runs(store)).toBe(ATTEMPTS);
      expect(store.find('exports')?.[0]?.text).toBe(`2 ${ATTEMPTS}`);
    },
  );

  it('runs a step of a newer version again, and all that follow it', async () => {
    const { deps, trail } = setUp();
    await runPipeline(deps);
    const before = trail().length;
    const steps = deps.steps.map((step) => (step.id === 'detection' ? { ...step, version: 2 } : step));
    await runPipeline({ ...deps, steps });
    expect(
      trail()
        .slice(before)
        .filter((entry) => entry.endsWith('complete')),
    ).toEqual(['detection complete', 'validation complete', 'render complete', 'scan complete']);
  });

  it('tries a fatal step again that failed before, but not a failed one that others went on from', async () => {
    const run = () => Promise.reject(new Error('no'));
    const { deps, trail } = setUp({ render: { run }, detection: { run } });
    expect((await runPipeline(deps)).failedStep).toBe('render');
    const before = trail().length;
    expect((await runPipeline({ ...deps, steps: FAKE_STEPS })).status).toBe('complete');
    expect(trail().slice(before)).toEqual(['render started', 'render complete', 'scan complete']);
  });

  it('throws what rows and blobs throw, and blames no step for it', async () => {
    const gone = new BlobUnavailable('ECONNREFUSED');
    const swallowing: AnyStep['run'] = async ({ ports }) => {
      await ports.attempts.append(asScrubbed({} as never)).catch(() => undefined);
      return { artifacts: {}, message: asScrubbed('x') };
    };
    const { deps, trail, faults } = setUp({ validation: { run: swallowing } });
    const rows = { ...deps.rows, appendAttempt: () => Promise.reject(new Error('claim lost')) };
    await expect(runPipeline({ ...deps, rows })).rejects.toThrow('claim lost');
    const artifacts = { ...deps.artifacts, read: () => Promise.reject(gone) };
    await expect(runPipeline({ ...deps, artifacts })).rejects.toBe(gone);
    expect(faults).toEqual([]);
    expect(trail().some((entry) => entry.endsWith('errored'))).toBe(false);
  });

  it('ends between two writes when it is told to', async () => {
    const { deps, store } = setUp();
    const abort = new AbortController();
    const onMoment: PipelineDeps['onMoment'] = (at, step) => {
      if (at === 'ran' && step === 'detection') abort.abort(new Error('shutting down'));
    };
    await expect(runPipeline({ ...deps, onMoment, signal: abort.signal })).rejects.toThrow('shutting down');
    expect(store.checkpoints().map(({ step }) => step)).toEqual(['ingest']);
  });
});

describe('analyzeCapture', () => {
  it('needs no server and sends nothing', async () => {
    const { ending, store } = await analyzeCapture({
      steps: FAKE_STEPS,
      scan,
      capture: { kind: 'har', text: asRaw('{"log":{}}') },
      now: () => new Date(0),
      signal: new AbortController().signal,
    });
    expect(ending.status).toBe('complete');
    expect(store.find('validation')?.performed).toBe(false);
    expect(store.find('exports')?.[0]?.text).toBe('10 0');
  });
});
