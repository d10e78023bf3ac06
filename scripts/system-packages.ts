import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from '#server/browsers/find-chromium.ts';
import { readHostPaths } from '#server/env.ts';
import { Remedy, say } from './say.ts';

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, process.platform === 'win32' ? `${program}.exe` : program)));

const canApt = (): boolean => process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get');

function aptInstall(packages: readonly string[]): void {
  say(`Installing ${packages.join(', ')} with apt …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (args: string[], complaints: 'inherit' | 'ignore' = 'inherit') =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', complaints], env }).status === 0;
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  // Without package lists the first try fails, which is no news.
  if (!apt(install, 'ignore') && !(apt(['update', '-qq']) && apt(install)))
    throw new Remedy(
      `apt could not install ${packages.join(', ')}. Install them by hand, then run the same command again.`,
    );
}

/** Path of Chromium or Chrome; installed with apt when this is Debian and root. */
export function ensureChromium(): string {
  const found = findChromium(readHostPaths());
  if (found) return found;
  if (canApt()) {
    aptInstall(['chromium', 'fonts-liberation']);
    const installed = findChromium(readHostPaths());
    if (installed) return installed;
  }
  throw new Remedy(
    'no Chromium or Chrome was found. Install one (Debian: apt-get install chromium), or set CHROME_PATH to it.',
  );
}

/** What the tests run besides Chromium: the Python starter code, and curl as one of the clients. */
const TEST_PROGRAMS = { python3: 'python3-minimal', curl: 'curl' } as const;

export function ensureTestPrograms(): void {
  const missing = Object.entries(TEST_PROGRAMS).filter(([program]) => !onPath(program));
  if (missing.length === 0) return;
  if (canApt()) aptInstall(missing.map(([, name]) => name));
  const still = missing.map(([program]) => program).filter((program) => !onPath(program));
  if (still.length > 0)
    throw new Remedy(
      `the tests need ${still.join(' and ')}, which were not found. Install them, then run the same command again.`,
    );
}
