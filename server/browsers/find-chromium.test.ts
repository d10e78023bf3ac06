import { expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';

const host = {
  chrome: null,
  searchPath: ['/opt/bin', '/usr/bin'],
  programFolders: ['C:\\Program Files'],
  home: '/home/me',
};
const having =
  (...files: string[]) =>
  (file: string) =>
    files.includes(file);

it('takes the setting, and nothing else when it is wrong', () => {
  expect(findChromium({ ...host, chrome: '/x/chrome' }, 'linux', having('/x/chrome', '/usr/bin/chromium'))).toBe(
    '/x/chrome',
  );
  expect(findChromium({ ...host, chrome: '/x/chrome' }, 'linux', having('/usr/bin/chromium'))).toBeNull();
});

it('prefers Chromium to Chrome', () => {
  expect(findChromium(host, 'linux', having('/opt/bin/google-chrome', '/usr/bin/chromium'))).toBe('/usr/bin/chromium');
});

it('knows the usual places of each platform', () => {
  expect(
    findChromium(host, 'darwin', having('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')),
  ).toContain('Google Chrome');
  expect(findChromium(host, 'win32', having('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'))).toContain(
    'chrome.exe',
  );
  expect(findChromium(host, 'linux', having('/snap/bin/chromium'))).toBe('/snap/bin/chromium');
  expect(findChromium(host, 'linux', having())).toBeNull();
});
