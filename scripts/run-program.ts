import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The script a package's command runs, so that no shell and no `.cmd` file is needed on any platform. */
export const packageScript = (path: string): string => join(ROOT, 'node_modules', path);

/** Runs a script with this Node, its output shown as it comes, all of it on stderr if asked; answers the exit code. */
export function runNode(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
  output: 'both' | 'stderr' = 'both',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: ROOT,
      stdio: ['ignore', output === 'both' ? 1 : 2, 2],
      env: { ...process.env, ...env },
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
