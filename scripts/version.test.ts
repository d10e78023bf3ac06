import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareVersions, MIN_CLIENT, VERSION } from '#shared/version.ts';
import { ROOT } from './run-program.ts';

it('has one version everywhere', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ version: VERSION });
  expect(compareVersions(MIN_CLIENT, VERSION)).toBeLessThanOrEqual(0);
});

it('orders versions by number, not by text', () => {
  expect(compareVersions('0.10.0', '0.9.9')).toBeGreaterThan(0);
  expect(compareVersions('1.0.0', '1.0')).toBe(0);
});
