import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig, writeConfig } from './config.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'recon-config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('is empty before the first log-in and comes back as written, for this user alone', async () => {
  expect(await readConfig(path.join(dir, 'none'))).toEqual({ version: 1, server: null, keys: {} });
  const config = { version: 1 as const, server: 'http://a.example', keys: { 'http://a.example': 'k' } };
  await writeConfig(path.join(dir, 'new'), config);
  expect(await readConfig(path.join(dir, 'new'))).toEqual(config);
  expect(statSync(path.join(dir, 'new', 'config.json')).mode & 0o777).toBe(0o600);
  chmodSync(path.join(dir, 'new', 'config.json'), 0o644);
  await writeConfig(path.join(dir, 'new'), config);
  expect(statSync(path.join(dir, 'new', 'config.json')).mode & 0o777).toBe(0o600);
});

it('understands the first form', async () => {
  writeFileSync(path.join(dir, 'config.json'), JSON.stringify({ server: 'http://a.example', key: 'k' }));
  expect(await readConfig(dir)).toEqual({ version: 1, server: 'http://a.example', keys: { 'http://a.example': 'k' } });
});

it('says what to do when it is damaged', async () => {
  writeFileSync(path.join(dir, 'config.json'), '{');
  await expect(readConfig(dir)).rejects.toThrow('log in again');
});
