import { expect, test } from 'vitest';
import type { Trouble } from '../../messages.ts';
import { requestMessageSchema, troubleSchema } from '../../messages.ts';
import { isBesideRecording, TROUBLE_LOOKS, troubleAction } from './troubles.ts';

const trouble = (kind: Trouble['kind'], action: Trouble['action'] = 'retry'): Trouble => ({
  kind,
  action,
  message: 'm',
  safe: 's',
});

test('each kind has a title and an icon of its own', () => {
  const kinds = troubleSchema.shape.kind.options;
  expect(Object.keys(TROUBLE_LOOKS).sort()).toEqual([...kinds].sort());
  expect(new Set(Object.values(TROUBLE_LOOKS).map((look) => look.title)).size).toBe(kinds.length);
  expect(new Set(Object.values(TROUBLE_LOOKS).map((look) => look.icon)).size).toBe(kinds.length);
});

test('what ends the recording takes its place, what does not stays beside it', () => {
  const beside = (kind: Trouble['kind'], phase: 'recording' | 'paused' | 'uploading' = 'recording') =>
    isBesideRecording({ phase, trouble: trouble(kind) });
  expect(beside('offline')).toBe(true);
  expect(beside('offline', 'uploading')).toBe(false);
  expect(beside('tab-closed')).toBe(false);
  expect(isBesideRecording({ phase: 'recording', trouble: null })).toBe(false);
});

test('each action sends one message the background knows, or opens the connect view', () => {
  for (const action of troubleSchema.shape.action.options) {
    for (const phase of ['recording', 'paused', 'uploading', 'processing', 'done'] as const) {
      const { label, message } = troubleAction({ phase }, trouble('offline', action));
      expect(label.length).toBeGreaterThan(3);
      if (message === null) expect(action).toBe('reconnect');
      else expect(requestMessageSchema.safeParse(message).success).toBe(true);
    }
  }
});

test('trying again sends the upload again once the recording is finished', () => {
  expect(troubleAction({ phase: 'uploading' }, trouble('offline')).message).toEqual({ type: 'finish' });
  expect(troubleAction({ phase: 'recording' }, trouble('offline')).message).toEqual({ type: 'resume' });
});
