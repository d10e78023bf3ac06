import { runChecks } from './checks.ts';
import { runMain } from './say.ts';

await runMain(async () => {
  const { passed, failed } = await runChecks();
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});
