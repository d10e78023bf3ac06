import { packageScript, runNode } from './run-program.ts';
import { runMain, say } from './say.ts';
import { ensureChromium } from './system-packages.ts';

/** The long matrices: every `*.soak.ts`, which `npm test` samples. */
await runMain(() => {
  const chromium = ensureChromium();
  say('Running the long matrices; this takes from minutes to an hour …');
  return runNode(packageScript('vitest/vitest.mjs'), ['run', '--project', 'soak', ...process.argv.slice(2)], {
    CHROME_PATH: chromium,
  });
});
