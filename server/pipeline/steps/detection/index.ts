import { detectProtections } from '../../../protection/detect.ts';
import { asScrubbed } from '../../../scrubbing/brand.ts';
import { defineStep } from '../../step.ts';
import { describeProtections } from './run.ts';

export const detectionStep = defineStep({
  id: 'detection',
  version: 1,
  title: 'Looking for protections',
  reads: ['exchanges', 'value_shapes'],
  writes: ['protections'],
  ports: [],
  fatal: false,
  empty: () => ({ protections: asScrubbed([]) }),
  run: ({ artifacts, scan }) => {
    const protections = detectProtections(artifacts.exchanges, artifacts.value_shapes, { targetUrl: scan.targetUrl });
    return Promise.resolve({
      artifacts: { protections: asScrubbed(protections) },
      message: asScrubbed(describeProtections(protections)),
      metadata: {
        protections: protections.length,
        active: protections.filter(({ active }) => active.count > 0).length,
      },
    });
  },
});
