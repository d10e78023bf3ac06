import { openOutward } from './outward.ts';
import { STEPS } from './steps.ts';
import { createThreadTask } from './thread.ts';

/** What the worker's threads run. */
export default createThreadTask({ steps: STEPS, openOutward, now: () => new Date() });
