import { expect, test } from 'vitest';
import { createPace } from './pace.ts';
import { REPLAY_POLICY } from './policy.ts';

function start(random = 0) {
  const clock = { now: 1_000_000, slept: [] as number[] };
  const pace = createPace(
    {
      now: () => clock.now,
      random: () => random,
      sleep: (ms) => {
        clock.slept.push(ms);
        clock.now += ms;
        return Promise.resolve();
      },
    },
    REPLAY_POLICY,
  );
  return { clock, turn: (host: string) => pace.turn(host, new AbortController().signal), pace };
}

test('keeps at least a second between requests to one site, its sub-domains together', async () => {
  const { clock, turn } = start();
  await turn('www.example.com');
  await turn('api.example.com');
  await turn('other.example.org');
  expect(clock.slept).toEqual([1_000]);
  clock.now += 400;
  await turn('example.com');
  expect(clock.slept).toEqual([1_000, 600]);
});

test('adds jitter, and keeps a shorter pace on this machine', async () => {
  const { clock, turn } = start(0.5);
  for (const host of ['example.com', 'example.com', '127.0.0.1', '127.0.0.1', 'localhost', 'localhost'])
    await turn(host);
  expect(clock.slept).toEqual([1_250, 175, 175]);
});

test('honours what the site asks for and what was sent before a restart', async () => {
  const { clock, turn, pace } = start();
  pace.note('example.com', clock.now - 300);
  pace.slowDown('example.com', 5_000);
  await turn('example.com');
  expect(clock.slept).toEqual([4_700]);
});
