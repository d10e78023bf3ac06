import type { AnyStep } from './any-step.ts';
import { analysisStep } from './steps/analysis/index.ts';
import { detectionStep } from './steps/detection/index.ts';
import { ingestStep } from './steps/ingest/index.ts';
import { intentFilterStep } from './steps/intent_filter/index.ts';
import { renderStep } from './steps/render/index.ts';
import { scrubStep } from './steps/scrub/index.ts';
import { synthesisStep } from './steps/synthesis/index.ts';
import { validationStep } from './steps/validation/index.ts';

/** The pipeline: every step, in the order in which they run. */
export const STEPS: readonly AnyStep[] = [
  ingestStep,
  detectionStep,
  analysisStep,
  scrubStep,
  intentFilterStep,
  validationStep,
  synthesisStep,
  renderStep,
];
