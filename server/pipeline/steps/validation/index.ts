import { asScrubbed } from '../../../scrubbing/brand.ts';
import { defineStep } from '../../step.ts';
import { notPerformed, runValidation, VALIDATION_PARTS } from './run.ts';

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

export const validationStep = defineStep({
  id: 'validation',
  version: 1,
  title: 'Trying ordinary clients',
  reads: ['raw_exchanges', 'dictionary', 'clean_inventory', 'clean_protections', 'buckets'],
  writes: ['validation'],
  ports: ['egress', 'attempts'],
  fatal: false,
  empty: ({ reason }) => ({ validation: asScrubbed(notPerformed(reason)) }),
  run: async (input) => {
    const validation = await runValidation(VALIDATION_PARTS, input);
    const enough = validation.sufficient.filter(({ client }) => client !== null).length;
    const message = validation.performed
      ? `${count(enough, 'endpoint')} answered an ordinary client, of ${validation.sufficient.length}; ${count(validation.runs.filter(({ outcome }) => outcome !== 'not-tried').length, 'request')} sent`
      : (validation.reason ?? 'Nothing was sent.');
    return {
      artifacts: { validation: asScrubbed(validation) },
      message: asScrubbed(message),
      ...(validation.performed ? {} : { skipped: true as const }),
      metadata: { performed: validation.performed, requests: validation.runs.length, enough },
    };
  },
});
