import { asRaw, asScrubbed } from '../scrubbing/brand.ts';
import type { AnyStep } from '../pipeline/any-step.ts';
import { defineStep } from '../pipeline/step.ts';

/** Steps that do little and write real artifacts; `validation` sends six attempts, of which each is kept as it happens. */
export const ATTEMPTS = 6;

const facts = {
  targetUrl: 'https://shop.example/',
  startedAt: null,
  actions: [],
  completeness: { checked: false, browserRequests: null, recorded: 0, withBody: 0, missing: [], gaps: [] },
  conversion: { entries: 0, kept: 0, leftOut: [] },
  replaced: [],
};

const ingest = defineStep({
  id: 'ingest',
  version: 1,
  title: 'Reading the recording',
  reads: [],
  writes: ['raw_exchanges', 'dictionary', 'exchanges', 'capture_facts', 'value_shapes'],
  ports: ['capture', 'placeholderKey'],
  fatal: true,
  empty: () => null,
  run: async ({ ports, progress }) => {
    const { capture } = ports;
    const lines = capture.kind === 'recording' ? [...capture.lines].length : capture.text.length;
    await progress(asScrubbed('half way'), { lines });
    const entry = { value: `secret-${ports.placeholderKey.length}`, type: 'token', placeholder: 'T', propagate: true };
    return {
      artifacts: {
        raw_exchanges: asRaw([]),
        dictionary: asRaw([entry]),
        exchanges: asScrubbed([]),
        capture_facts: asScrubbed({ ...facts, conversion: { entries: lines, kept: lines, leftOut: [] } }),
        value_shapes: asScrubbed([]),
      },
      message: asScrubbed(`${lines} lines`),
      metadata: { lines },
    };
  },
});

const detection = defineStep({
  id: 'detection',
  version: 1,
  title: 'Looking for protection',
  reads: ['exchanges', 'value_shapes'],
  writes: ['protections'],
  ports: [],
  fatal: false,
  empty: () => ({ protections: asScrubbed([]) }),
  run: () => Promise.resolve({ artifacts: { protections: asScrubbed([]) }, message: asScrubbed('none') }),
});

const validation = defineStep({
  id: 'validation',
  version: 1,
  title: 'Trying the requests',
  reads: ['dictionary', 'protections'],
  writes: ['validation'],
  ports: ['attempts'],
  fatal: false,
  empty: ({ reason }) => ({
    validation: asScrubbed({ performed: false, reason, clients: [], tiers: [], runs: [], sufficient: [] }),
  }),
  run: async ({ ports, now }) => {
    const done = await ports.attempts.past();
    for (let index = done.length; index < ATTEMPTS; index++)
      await ports.attempts.append(
        asScrubbed({
          endpoint: `e${index}`,
          exchange: `x${index}`,
          client: 'fetch',
          tier: 'none',
          session: 'anonymous',
          outcome: 'error',
          status: null,
          durationMs: 1.4,
          bytes: null,
          reason: 'nothing is sent',
          at: now().toISOString(),
        }),
      );
    const runs = (await ports.attempts.past()).map((run) => ({ ...run, at: '2026-01-01T00:00:00.000Z' }));
    return {
      artifacts: {
        validation: asScrubbed({ performed: true, reason: null, clients: [], tiers: [], runs, sufficient: [] }),
      },
      message: asScrubbed(`${runs.length} tried`),
    };
  },
});

const render = defineStep({
  id: 'render',
  version: 1,
  title: 'Writing the report',
  reads: ['capture_facts', 'protections', 'validation'],
  writes: ['exports'],
  ports: [],
  fatal: true,
  empty: () => null,
  run: ({ artifacts }) =>
    Promise.resolve({
      artifacts: {
        exports: asScrubbed([
          {
            path: 'api.md',
            mediaType: 'text/markdown',
            text: `${artifacts.capture_facts.conversion.entries} ${artifacts.validation.runs.length}`,
          },
        ]),
      },
      message: asScrubbed('written'),
    }),
});

export const FAKE_STEPS: readonly AnyStep[] = [ingest, detection, validation, render];
