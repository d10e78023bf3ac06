import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createThreadTask } from '../pipeline/thread.ts';
import { FAKE_STEPS } from './fake-steps.ts';

/** `at` names a moment of a step (`validation ran`), or an attempt of validation; the process or thread dies there. */
export const deathSchema = z.object({
  at: z.string(),
  /** `once`: the first time only, remembered by a file in `dir`. */
  times: z.enum(['once', 'always']),
  how: z.enum(['kill', 'exit', 'memory']),
  dir: z.string(),
});
export type Death = z.infer<typeof deathSchema>;

const planSchema = z.object({ death: deathSchema.nullable() });
const given = planSchema.safeParse(workerData);
const death = given.success ? given.data.death : null;

function die({ how }: Death): void {
  if (how === 'kill') process.kill(process.pid, 'SIGKILL');
  if (how === 'exit') process.exit(9);
  const hoard: unknown[] = [];
  for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
}

function reach(point: string): void {
  if (!death || death.at !== point) return;
  const mark = path.join(death.dir, 'died');
  if (death.times === 'once' && existsSync(mark)) return;
  writeFileSync(mark, '');
  die(death);
}

const steps = FAKE_STEPS.map((step) => ({
  ...step,
  run: (input: Parameters<typeof step.run>[0]) => {
    if (step.id !== 'validation') return step.run(input);
    const log = input.ports.attempts;
    const attempts: typeof log = {
      past: () => log.past(),
      append: async (run) => {
        await log.append(run);
        reach(`attempt ${run.endpoint}`);
      },
    };
    return step.run({ ...input, ports: { ...input.ports, attempts } });
  },
}));

export default createThreadTask({
  steps,
  openOutward: () => ({ egress: () => null, model: () => null, close: () => Promise.resolve() }),
  now: () => new Date(),
  onMoment: (moment, step) => reach(`${step} ${moment}`),
});
