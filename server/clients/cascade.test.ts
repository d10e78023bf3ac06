import { expect, test } from 'vitest';
import { runCascade, type Attempt, type AttemptResult, type CascadeParts } from './cascade.ts';

type Answer = AttemptResult['outcome'] | AttemptResult;
const result = (answer: Answer): AttemptResult =>
  typeof answer === 'string' ? { outcome: answer, reason: answer, conclusive: false } : answer;

/** Runs the cascade against a site that answers by client, tier and session; tells what was sent, in order. */
async function run(site: (attempt: Attempt, n: number) => Answer, more: Partial<CascadeParts> = {}) {
  const sent: string[] = [];
  const found = await runCascade({
    clients: ['plain', 'browser'],
    nameOf: (id) => id,
    tiers: ['none'],
    sessions: ['anonymous'],
    hasCredentials: false,
    confirmations: 1,
    attempt: (attempt) => {
      sent.push(`${attempt.client}/${attempt.tier}/${attempt.session}`);
      return Promise.resolve(result(site(attempt, sent.length)));
    },
    ...more,
  });
  return { ...found, sent };
}

test('names the cheapest client that got the same answer twice', async () => {
  const found = await run(() => 'same');
  expect(found).toMatchObject({ client: 'plain', tier: 'none', needsSession: false });
  expect(found.sent).toEqual(['plain/none/anonymous', 'plain/none/anonymous']);
});

test('climbs when a client is refused, and says which evidence made it climb', async () => {
  const found = await run(({ client }) => (client === 'browser' ? 'same' : 'challenge'));
  expect(found).toMatchObject({ client: 'browser', needsSession: false });
  expect(found.reason).toContain('Before that, plain: challenge');
});

test('does not believe one success', async () => {
  const found = await run(({ client }, n) => (client === 'plain' && n > 1 ? 'blocked' : 'same'));
  expect(found.client).toBe('browser');
  expect((await run((_, n) => (n === 2 ? 'error' : 'same'))).reason).toContain('2 of 3 times');
});

test('tries the session after the request without it, with the same client', async () => {
  const found = await run(({ session }) => (session === 'session' ? 'same' : 'login'), {
    sessions: ['anonymous', 'session'],
    hasCredentials: true,
  });
  expect(found).toMatchObject({ client: 'plain', needsSession: true });
  expect(found.sent).toEqual(['plain/none/anonymous', 'plain/none/session', 'plain/none/session']);
});

test('does not climb for a login, and says that the session was not allowed', async () => {
  const found = await run(() => 'login', { hasCredentials: true });
  expect(found).toMatchObject({ client: null, needsSession: null });
  expect(found.reason).toContain('not allowed');
  expect(found.sent).toHaveLength(1);
});

test('stops at a rate limit, a refusal by the guard and at what another client would not change', async () => {
  for (const answer of [
    'rate-limited',
    'refused-by-guard',
    { outcome: 'challenge', reason: 'captcha', conclusive: true },
  ] as const)
    expect((await run(() => answer)).sent).toHaveLength(1);
  const confirming = await run((_, n) => (n === 2 ? 'rate-limited' : 'same'));
  expect(confirming).toMatchObject({ client: null, reason: 'plain got the same answer once; rate-limited' });
});

test('tries another network tier only after every client was refused without one', async () => {
  const tiers = ['none', 'datacenter', 'residential'] as const;
  const found = await run(({ tier }) => (tier === 'residential' ? 'same' : 'blocked'), { tiers });
  expect(found).toMatchObject({ client: 'plain', tier: 'residential' });
  expect(found.sent.slice(0, 5)).toEqual([
    'plain/none/anonymous',
    'browser/none/anonymous',
    'plain/datacenter/anonymous',
    'browser/datacenter/anonymous',
    'plain/residential/anonymous',
  ]);
  const shape = await run(() => 'different', { tiers });
  expect(shape).toMatchObject({ client: null });
  expect(shape.sent).toHaveLength(2);
});

test('says why it could not go on', async () => {
  const found = await runCascade({
    clients: ['plain'],
    nameOf: () => 'Plain',
    tiers: ['none'],
    sessions: ['anonymous'],
    hasCredentials: false,
    confirmations: 1,
    attempt: () => Promise.resolve('enough requests were sent in this run'),
  });
  expect(found.reason).toBe('enough requests were sent in this run');
});
