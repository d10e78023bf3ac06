import { expect, it } from 'vitest';
import { readFailure, readRefusal } from './debugger-session.ts';

it.each([
  ['Cannot access a chrome:// URL', 'page-not-recordable'],
  ['Cannot attach to this target.', 'page-not-recordable'],
  ['This page cannot be scripted due to an ExtensionsSettings policy.', 'policy'],
  ['Host access is restricted by policy.', 'policy'],
  ['Another debugger is already attached to the tab with id: 7.', 'busy'],
  ['No tab with given id 7.', 'tab-closed'],
] as const)('reads the refusal %s', (message, why) => {
  expect(readRefusal(message).why).toBe(why);
});

it.each([
  ['{"code":-32601,"message":"\'Network.x\' wasn\'t found"}', 'unsupported', "'Network.x' wasn't found"],
  ['{"code":-32001,"message":"Session with given id not found."}', 'gone', 'Session with given id not found.'],
  [
    '{"code":-32000,"message":"No resource with given identifier found"}',
    'failed',
    'No resource with given identifier found',
  ],
  ['Debugger is not attached to the tab with id: 7.', 'gone', 'Debugger is not attached to the tab with id: 7.'],
  ['Detached while handling command.', 'gone', 'Detached while handling command.'],
] as const)('reads the failure %s', (message, failure, text) => {
  expect(readFailure(message)).toMatchObject({ failure, message: text });
});
