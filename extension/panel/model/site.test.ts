import { expect, test } from 'vitest';
import type { CurrentTab } from './site.ts';
import { describeSite, hostOf, webLink } from './site.ts';

const tab = (extra: Partial<CurrentTab>): CurrentTab => ({ tabId: 1, url: null, title: null, iconUrl: null, ...extra });

test('a web page is named by its host and title', () => {
  expect(describeSite(tab({ url: 'https://www.shop.example:8443/a', title: 'Lamps' }))).toEqual({
    kind: 'recordable',
    name: 'www.shop.example:8443',
    detail: 'Lamps',
    letter: 'S',
    icon: null,
  });
  expect(describeSite(tab({ url: 'http://127.0.0.1:3000/' }))).toMatchObject({ kind: 'recordable', letter: '1' });
});

test.each(['chrome://settings', 'about:blank', 'file:///etc/hosts', 'chrome-extension://x/y.html', 'nonsense'])(
  '%s is refused before anything starts',
  (url) => {
    expect(describeSite(tab({ url })).kind).toBe('refused');
  },
);

test('a tab without an address may still be recorded', () => {
  expect(describeSite(tab({}))).toMatchObject({ kind: 'unknown', name: 'This tab' });
  expect(describeSite(null).kind).toBe('none');
});

test('an icon that would have to be fetched from the site is left out', () => {
  const url = 'https://shop.example/';
  expect(describeSite(tab({ url, iconUrl: 'https://shop.example/favicon.ico' })).icon).toBeNull();
  expect(describeSite(tab({ url, iconUrl: 'data:image/png;base64,AA==' })).icon).toBe('data:image/png;base64,AA==');
});

test('only web addresses become links', () => {
  const base = 'http://127.0.0.1:7717';
  expect(webLink('/r/abc', base)).toBe('http://127.0.0.1:7717/r/abc');
  expect(webLink('https://recon.example/r/abc', base)).toBe('https://recon.example/r/abc');
  expect(webLink('javascript:alert(1)', base)).toBeNull();
  expect(webLink('data:text/html,x', base)).toBeNull();
  expect(webLink('/r/abc', 'no server')).toBeNull();
  expect(webLink(null, base)).toBeNull();
});

test('hostOf falls back to the text', () => {
  expect([hostOf('http://a.example:1/x'), hostOf('weird')]).toEqual(['a.example:1', 'weird']);
});
