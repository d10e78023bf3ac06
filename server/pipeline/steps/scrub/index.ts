import { defineStep } from '../../step.ts';
import { runScrub } from './run.ts';

/** The last replacement and the check of the final bytes, before anything is shown. */
export const scrubStep = defineStep({
  id: 'scrub',
  version: 1,
  title: 'Checking that no secret is left',
  reads: ['dictionary', 'exchanges', 'capture_facts', 'protections', 'inventory'],
  writes: ['clean_exchanges', 'clean_facts', 'clean_protections', 'clean_inventory', 'scrubbing'],
  ports: ['placeholderKey'],
  fatal: true,
  empty: () => null,
  run: runScrub,
});
