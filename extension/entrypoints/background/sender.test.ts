import { expect, it } from 'vitest';
import { isOwnPanel } from './sender.ts';

const PANEL = 'chrome-extension://abc/sidepanel.html';
const own = (sender: Parameters<typeof isOwnPanel>[0]) => isOwnPanel(sender, 'abc', PANEL);

it('listens to the panel, beside a page or in a tab of its own', () => {
  expect(own({ id: 'abc', url: PANEL })).toBe(true);
  expect(own({ id: 'abc', url: `${PANEL}?tabId=7`, tab: { id: 3 }, frameId: 0 })).toBe(true);
});

it.each([
  ['another extension', { id: 'xyz', url: PANEL }],
  ['a page', { id: 'abc', url: 'https://shop.test/', tab: { id: 3 }, frameId: 0 }],
  ['a page that looks like the panel', { id: 'abc', url: 'https://shop.test/sidepanel.html', tab: {}, frameId: 0 }],
  ['the panel in a frame of a page', { id: 'abc', url: PANEL, tab: { id: 3 }, frameId: 4 }],
  ['another page of ours', { id: 'abc', url: 'chrome-extension://abc/sidepanel.html.evil' }],
  ['nobody', {}],
])('does not listen to %s', (_who, sender) => {
  expect(own(sender)).toBe(false);
});
