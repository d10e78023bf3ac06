import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { actionLineSchema } from '#shared/capture.ts';
import { actionScript, readAction } from './action-script.ts';

const NOW = 1_700_000_000_000;
const payload = (fields = {}) =>
  JSON.stringify({
    type: 'click',
    t: NOW - 20,
    role: 'button',
    name: 'Load more',
    path: '#more',
    url: 'https://a.test/',
    ...fields,
  });

it('reads what the script reports, at the time it happened', () => {
  expect(actionLineSchema.parse(readAction(payload(), NOW))).toEqual({
    k: 'action',
    t: NOW - 20,
    type: 'click',
    element: { role: 'button', name: 'Load more', path: '#more' },
    url: 'https://a.test/',
  });
});

it('does not believe a time that cannot be', () => {
  for (const t of [NOW + 1000, NOW - 60_000]) expect(readAction(payload({ t }), NOW)?.t).toBe(NOW);
});

it('refuses what the script does not send', () => {
  for (const bad of ['', 'x', '{}', '[1]', null, 7, payload({ type: 'agent' }), payload({ name: 'x'.repeat(500) })]) {
    expect(readAction(bad, NOW)).toBeNull();
  }
});

it('is a script that stands alone', () => {
  expect(() => new Script(actionScript())).not.toThrow();
  expect(actionScript()).not.toMatch(/\bimport\b|__vite|__name/);
});
