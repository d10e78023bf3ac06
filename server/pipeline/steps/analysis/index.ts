import { asScrubbed } from '../../../scrubbing/brand.ts';
import { defineStep } from '../../step.ts';
import { analyse } from './run.ts';

const EMPTY = { endpoints: [], dependencies: [], thirdParties: [], origins: [], leftOut: [] };

export const analysisStep = defineStep({
  id: 'analysis',
  version: 1,
  title: 'Documenting the endpoints',
  reads: ['exchanges', 'capture_facts'],
  writes: ['inventory'],
  ports: [],
  fatal: false,
  empty: () => ({ inventory: asScrubbed(EMPTY) }),
  run: ({ scan, artifacts }) => {
    const { inventory, message } = analyse(artifacts.exchanges, scan.targetUrl || artifacts.capture_facts.targetUrl);
    return Promise.resolve({
      artifacts: { inventory: asScrubbed(inventory) },
      message: asScrubbed(message),
      metadata: { endpoints: inventory.endpoints.length, dependencies: inventory.dependencies.length },
    });
  },
});
