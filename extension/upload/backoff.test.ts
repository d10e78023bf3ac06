import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('doubles up to a minute, half of it left to chance', () => {
  expect([1, 2, 3, 7, 50].map((failures) => backoffMs(failures, () => 0, null))).toEqual([
    500, 1000, 2000, 30_000, 30_000,
  ]);
  expect([1, 2, 3, 7, 50].map((failures) => backoffMs(failures, () => 1, null))).toEqual([
    1000, 2000, 4000, 60_000, 60_000,
  ]);
});

it('never comes back sooner than the server asked', () => {
  expect(backoffMs(1, () => 0, 90_000)).toBe(90_000);
});
