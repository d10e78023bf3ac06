import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { buildExtension } from './build-extension.ts';
import { runChecks } from './checks.ts';
import { packageScript, runNode } from './run-program.ts';
import { runMain, say } from './say.ts';
import { ensureChromium, ensureTestPrograms } from './system-packages.ts';

const totalsSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  success: z.boolean(),
});

const SUITES = [
  { project: 'unit', title: 'unit tests' },
  { project: 'integration', title: 'integration tests (PostgreSQL, S3 protocol server)' },
  { project: 'e2e', title: 'end-to-end tests (Chromium with the extension)' },
] as const;

/** A suite that ran nothing, skipped something or died has failed, whatever it counted. */
async function runSuite(project: string, report: string, filters: readonly string[], env: Record<string, string>) {
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ];
  const code = await runNode(packageScript('vitest/vitest.mjs'), args, env);
  try {
    const totals = totalsSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
    const skipped = totals.numPendingTests + totals.numTodoTests;
    if (skipped > 0) say(`   FAILED: ${skipped} tests of ${project} were skipped`);
    const broken = code !== 0 || !totals.success || skipped > 0 || totals.numPassedTests === 0;
    return { passed: totals.numPassedTests, failed: Math.max(totals.numFailedTests, broken ? 1 : 0) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

await runMain(async () => {
  const started = Date.now();
  const minutes = () => `${((Date.now() - started) / 60_000).toFixed(1)} min`;
  const chromium = ensureChromium();
  ensureTestPrograms();
  const total = await runChecks();
  say('\n── build of the extension');
  await buildExtension();
  total.passed += 1;
  const folder = mkdtempSync(join(tmpdir(), 'recon-test-'));
  try {
    for (const { project, title } of SUITES) {
      say(`\n── ${title} (${minutes()})`);
      const result = await runSuite(project, join(folder, `${project}.json`), [], { CHROME_PATH: chromium });
      total.passed += result.passed;
      total.failed += result.failed;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`\nDone in ${minutes()}.`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
});
