import { describe, expect, test } from 'vitest';
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatElapsed,
  formatNoun,
  formatSeconds,
  speakElapsed,
} from './format.ts';

describe('formatBytes', () => {
  test.each([
    [-1, '0 B'],
    [0, '0 B'],
    [812, '812 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1234, '1.2 kB'],
    [99_940, '99.9 kB'],
    [99_960, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [25_000_000, '25 MB'],
    [1_250_000_000, '1.3 GB'],
    [5_000_000_000_000, '5000 GB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

test('formatCount groups thousands', () => {
  expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1\u202f000', '1\u202f234\u202f567']);
});

test('formatNoun agrees in number', () => {
  expect([formatNoun(1, 'body', 'bodies'), formatNoun(2, 'body', 'bodies'), formatNoun(0, 'host')]).toEqual([
    '1 body',
    '2 bodies',
    '0 hosts',
  ]);
});

test('elapsed time is read as a clock and spoken in words', () => {
  expect([-5, 0, 7_999, 754_000, 3_723_000].map(formatElapsed)).toEqual(['0:00', '0:00', '0:07', '12:34', '1:02:03']);
  expect([0, 61_000, 3_723_000].map(speakElapsed)).toEqual([
    '0 seconds',
    '1 minute 1 second',
    '1 hour 2 minutes 3 seconds',
  ]);
});

test('formatSeconds keeps tenths only while they matter', () => {
  expect([0, 440, 9_940, 9_960, 59_400, 59_600, 125_000].map(formatSeconds)).toEqual([
    '0.0 s',
    '0.4 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 0 s',
    '2 min 5 s',
  ]);
});

test('formatAgo picks the largest fitting unit and never shows the future', () => {
  const now = Date.UTC(2026, 0, 10);
  const ago = (minutes: number): string => formatAgo(now - minutes * 60_000, now);
  expect([-3, 0, 5, 59, 60, 1439, 1440, 4320].map(ago)).toEqual([
    'just now',
    'just now',
    '5 min ago',
    '59 min ago',
    '1 h ago',
    '23 h ago',
    '1 day ago',
    '3 days ago',
  ]);
});
