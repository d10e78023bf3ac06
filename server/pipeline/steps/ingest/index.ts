import { defineStep } from '../../step.ts';
import { runIngest } from './run.ts';

/** The capture becomes exchanges, and their twins without secrets. */
export const ingestStep = defineStep({
  id: 'ingest',
  version: 1,
  title: 'Reading the capture and replacing secrets',
  reads: [],
  writes: ['raw_exchanges', 'dictionary', 'exchanges', 'capture_facts', 'value_shapes'],
  ports: ['capture', 'placeholderKey'],
  fatal: true,
  empty: () => null,
  run: runIngest,
});
