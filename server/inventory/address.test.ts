import { expect, test } from 'vitest';
import { decodeText, readAddress, readPairs } from './address.ts';

test('hosts lose their case, paths keep their spelling', () => {
  expect(readAddress('https://API.Example.test:8443//a%2Fb//C/?x=1#f')).toEqual({
    origin: 'https://api.example.test:8443',
    host: 'api.example.test',
    segments: ['a%2Fb', 'C'],
    trailingSlash: true,
    query: [['x', '1']],
  });
});

test.each([
  '',
  'data:text/plain,x',
  'blob:https://a.test/1',
  'chrome-extension://abc/x',
  'about:blank',
  'https://',
  '::',
])('%s is no address', (url) => {
  expect(readAddress(url)).toBeNull();
});

test('pairs: bare names, repeats, plus signs, broken encoding', () => {
  expect(readPairs('a&b=&c=1&c=2&d=x+y&e=%E0%A4%A&=z')).toEqual([
    ['a', null],
    ['b', ''],
    ['c', '1'],
    ['c', '2'],
    ['d', 'x y'],
    ['e', '%E0%A4%A'],
    ['', 'z'],
  ]);
  expect(decodeText('%41%zz')).toBe('%41%zz');
});
