import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import type { HostPaths } from '../env.ts';

/** In order: Chromium loads unpacked extensions from the command line, branded Chrome of today only over the pipe. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'brave-browser',
  'microsoft-edge',
];

const MAC_APPS = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
];
const WINDOWS_PROGRAMS = ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe'];

const LINUX_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
];

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** What of the host decides where to look. */
export type ChromiumHost = Pick<HostPaths, 'chrome' | 'searchPath' | 'programFolders' | 'home'>;

/** Where Chromium may be on this kind of machine, the best first. */
function listPlaces(host: ChromiumHost, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    return WINDOWS_PROGRAMS.flatMap((program) => host.programFolders.map((folder) => path.win32.join(folder, program)));
  }
  const onPath = NAMES.flatMap((name) => host.searchPath.map((folder) => path.posix.join(folder, name)));
  if (platform === 'darwin') {
    const folders = ['/Applications', path.posix.join(host.home, 'Applications')];
    return [...MAC_APPS.flatMap((app) => folders.map((folder) => path.posix.join(folder, app))), ...onPath];
  }
  return [...onPath, ...LINUX_PLACES];
}

/** The program to run, or null when the machine has none. `CHROME_PATH` decides alone when it is set. */
export function findChromium(
  host: ChromiumHost,
  platform: NodeJS.Platform = process.platform,
  exists: (file: string) => boolean = isProgram,
): string | null {
  const places = host.chrome === null ? listPlaces(host, platform) : [host.chrome];
  return places.find(exists) ?? null;
}
