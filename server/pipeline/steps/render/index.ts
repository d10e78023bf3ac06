import { defineStep } from '../../step.ts';
import { runRender } from './run.ts';

const VERSION = 1;

/** Report, page and every export. */
export const renderStep = defineStep({
  id: 'render',
  version: VERSION,
  title: 'Writing the report and its files',
  reads: [
    'clean_exchanges',
    'clean_facts',
    'clean_inventory',
    'clean_protections',
    'scrubbing',
    'buckets',
    'validation',
    'narrative',
  ],
  writes: ['report', 'exports'],
  ports: [],
  fatal: true,
  empty: () => null,
  run: async (input) => {
    const { artifacts, message, files } = await runRender(input, VERSION);
    return { artifacts, message, metadata: { files, endpoints: artifacts.report.endpoints.length } };
  },
});
