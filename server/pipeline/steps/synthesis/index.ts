import { defineStep } from '../../step.ts';
import { emptyNarrative, runSynthesis } from './run.ts';

/** Names, descriptions, verdict, recommendation, cost drivers and starter code. */
export const synthesisStep = defineStep({
  id: 'synthesis',
  version: 1,
  title: 'Writing names, advice and starter code',
  reads: ['clean_inventory', 'clean_exchanges', 'clean_facts', 'clean_protections', 'buckets', 'validation'],
  writes: ['narrative'],
  ports: ['model'],
  fatal: false,
  empty: ({ reason }) => ({ narrative: emptyNarrative(reason) }),
  run: async (input) => {
    const { narrative, message } = await runSynthesis(input);
    return {
      artifacts: { narrative },
      message,
      metadata: {
        endpoints: narrative.endpoints.length,
        modelUsed: narrative.model.used,
        modelTokens: narrative.model.tokens,
        difficulty: narrative.verdict.difficulty.score,
      },
    };
  },
});
