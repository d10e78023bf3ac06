import { checkDocs } from './check-docs.ts';
import { checkLayers } from './check-layers.ts';
import { packageScript, ROOT, runNode } from './run-program.ts';
import { say } from './say.ts';

/** One check of the tree: true when it holds. What is wrong is printed by the check itself. */
interface Check {
  name: string;
  run: () => Promise<boolean>;
}

const program = (name: string, script: string, args: readonly string[]): Check => ({
  name,
  run: async () => (await runNode(packageScript(script), args)) === 0,
});

const list = (name: string, find: (root: string) => string[]): Check => ({
  name,
  run: () => {
    const broken = find(ROOT);
    for (const line of broken) say(`  ${line}`);
    return Promise.resolve(broken.length === 0);
  },
});

export const CHECKS: readonly Check[] = [
  program('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  program('lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']),
  program('types of server, shared, scripts and tests', 'typescript/bin/tsc', ['-p', 'tsconfig.json']),
  program('types of the extension', 'typescript/bin/tsc', ['-p', 'extension/tsconfig.json']),
  list('layer rules', checkLayers),
  list('documents', checkDocs),
  program('dead code', 'knip/bin/knip.js', ['--no-progress']),
];

/** Runs every check, saying which; answers how many held and how many did not. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const counts = { passed: 0, failed: 0 };
  for (const check of CHECKS) {
    say(`\n── ${check.name}`);
    const held = await check.run();
    counts[held ? 'passed' : 'failed'] += 1;
    say(held ? '   holds' : `   FAILED: ${check.name}`);
  }
  return counts;
}
