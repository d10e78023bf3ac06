import { expect, it } from 'vitest';
import { isNetworkUrl, isThirdParty, siteOf } from './traffic.ts';

it('finds the part of a host that one owner holds', () => {
  expect(['a.b.shop.test', 'shop.co.uk', 'www.shop.co.uk', 'localhost', '127.0.0.1', '[::1]'].map(siteOf)).toEqual([
    'shop.test',
    'shop.co.uk',
    'shop.co.uk',
    'localhost',
    '127.0.0.1',
    '[::1]',
  ]);
});

it('tells third parties, and never from what is no address', () => {
  expect(isThirdParty('https://api.shop.test/x', 'https://www.shop.test/')).toBe(false);
  expect(isThirdParty('https://tracker.test/x', 'https://www.shop.test/')).toBe(true);
  expect(isThirdParty('nonsense', 'https://www.shop.test/')).toBe(false);
});

it('knows what goes over the network', () => {
  expect(['https://a', 'WSS://a', 'data:,', 'blob:https://a/1', 'chrome-extension://a/', ''].map(isNetworkUrl)).toEqual(
    [true, true, false, false, false, false],
  );
});
