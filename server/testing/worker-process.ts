import { z } from 'zod';
import { deathSchema } from './fake-thread.ts';
import { openTestWorker } from './open-test-worker.ts';

const options = z
  .object({ url: z.string(), dir: z.string(), death: deathSchema.nullable() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const worker = await openTestWorker(options);
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
process.stdout.write('ready\n');
