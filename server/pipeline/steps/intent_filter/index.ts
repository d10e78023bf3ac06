import { asScrubbed } from '../../../scrubbing/brand.ts';
import { defineStep } from '../../step.ts';
import { filterByIntent } from './run.ts';

export const intentFilterStep = defineStep({
  id: 'intent_filter',
  version: 1,
  title: 'Finding what answers the intent',
  reads: ['clean_inventory', 'clean_facts'],
  writes: ['buckets'],
  ports: [],
  fatal: false,
  empty: () => ({ buckets: asScrubbed({ endpoints: [], coverage: [] }) }),
  run: ({ scan, artifacts }) => {
    const { buckets, message } = filterByIntent({
      inventory: artifacts.clean_inventory,
      actions: artifacts.clean_facts.actions,
      intentText: scan.intentText,
      starterTemplate: scan.starterTemplate,
    });
    return Promise.resolve({
      artifacts: { buckets: asScrubbed(buckets) },
      message: asScrubbed(message),
      metadata: { answers: buckets.endpoints.filter(({ bucket }) => bucket === 'A').length },
    });
  },
});
