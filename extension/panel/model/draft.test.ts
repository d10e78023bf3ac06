import { expect, test } from 'vitest';
import { replayConsentSchema } from '#shared/api.ts';
import { requestMessageSchema } from '../../messages.ts';
import { EMPTY_DRAFT, findStartProblem, INTENT_LIMIT, REPLAY_CHOICES, toStartMessage } from './draft.ts';
import { describeSite } from './site.ts';

const site = (url: string) => describeSite({ tabId: 1, url, title: null, iconUrl: null });

test('nothing starts before the user says they are entitled', () => {
  expect(findStartProblem(EMPTY_DRAFT, site('https://a.example/'))?.field).toBe('entitled');
  expect(toStartMessage(EMPTY_DRAFT, 1)).toBeNull();
  expect(findStartProblem({ ...EMPTY_DRAFT, entitled: true }, site('https://a.example/'))).toBeNull();
});

test('a page that cannot be recorded is named first', () => {
  expect(findStartProblem({ ...EMPTY_DRAFT, entitled: true }, site('chrome://newtab'))?.field).toBe('site');
  expect(findStartProblem({ ...EMPTY_DRAFT, entitled: true }, describeSite(null))?.field).toBe('site');
});

test('a tab that hides its address may start', () => {
  const hidden = describeSite({ tabId: 1, url: null, title: null, iconUrl: null });
  expect(findStartProblem({ ...EMPTY_DRAFT, entitled: true }, hidden)).toBeNull();
});

test('the message is what the background accepts, trimmed and bounded', () => {
  const draft = { ...EMPTY_DRAFT, entitled: true, intentText: `  ${'a'.repeat(3000)} `, replay: 'session' as const };
  const message = toStartMessage(draft, 7);
  expect(requestMessageSchema.parse(message)).toMatchObject({
    type: 'start',
    tabId: 7,
    intentText: 'a'.repeat(INTENT_LIMIT),
    starterTemplate: 'custom',
    consent: { entitled: true, replay: 'session', model: false },
    reload: true,
  });
});

test('every way of replaying has a label and says its cost', () => {
  for (const choice of replayConsentSchema.options) expect(REPLAY_CHOICES[choice].effect).toMatch(/cost/i);
});
