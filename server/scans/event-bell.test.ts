import { expect, it, vi } from 'vitest';
import { createEventBell } from './event-bell.ts';

const never = new AbortController().signal;

it('wakes those who wait for the scan that rang, and them alone', async () => {
  const bell = createEventBell();
  const woken: string[] = [];
  const waits = ['a', 'a', 'b'].map((scan) => bell.wait(scan, 60_000, never).then(() => woken.push(scan)));
  bell.ring('a');
  await Promise.all(waits.slice(0, 2));
  expect(woken).toEqual(['a', 'a']);
  bell.ringAll();
  await Promise.all(waits);
  expect(woken).toEqual(['a', 'a', 'b']);
});

it('comes back without a ring when time is over or the wait is given up', async () => {
  vi.useFakeTimers();
  try {
    const bell = createEventBell();
    const timed = bell.wait('a', 1000, never);
    await vi.advanceTimersByTimeAsync(1000);
    await timed;
    const leaving = new AbortController();
    const left = bell.wait('a', 1000, leaving.signal);
    leaving.abort();
    await left;
    await bell.wait('a', 1000, leaving.signal);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
