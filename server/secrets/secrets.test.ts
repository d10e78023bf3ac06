import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { cacheSecrets } from './cache-secrets.ts';
import { environmentFile } from './environment-file.ts';
import { parseProxySecrets, upstreamOf, type ProxySecrets } from './source.ts';

const URL_ONE = 'http://user:pw-one@proxy.example:8080';
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function fileWith(text: string, mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  folders.push(folder);
  const path = join(folder, 'proxies.env');
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

describe('fields', () => {
  test('have the documented defaults', async () => {
    const secrets = parseProxySecrets({ DATACENTER_PROXY: URL_ONE, RESIDENTIAL_PROXY: 'https://r.example' }, 'Here');
    expect([secrets.datacenter?.rotation, secrets.residential?.rotation]).toEqual(['sticky', 'rotating']);
    const source = { load: () => Promise.resolve(secrets) };
    expect(await upstreamOf(source, 'datacenter')).toBe(URL_ONE);
    expect(await upstreamOf(source, 'none')).toBeNull();
    expect(parseProxySecrets({ DATACENTER_PROXY: '' }, 'Here').datacenter).toBeNull();
  });

  test('are never shown by text, JSON or inspection', () => {
    const secrets = parseProxySecrets({ DATACENTER_PROXY: URL_ONE }, 'Here');
    expect(
      `${JSON.stringify(secrets)} ${inspect(secrets, { depth: 9, showHidden: true })} ${String(secrets.datacenter?.url)}`,
    ).not.toContain('pw-one');
  });

  test.each([
    [{ DATACENTER_PROXY: 'socks5://user:pw-one@x' }, 'Here: DATACENTER_PROXY is not an http or https proxy address.'],
    [{ RESIDENTIAL_PROXY: 7 }, 'Here: RESIDENTIAL_PROXY is not an http or https proxy address.'],
    [
      { DATACENTER_PROXY_ROTATION_MODE: 'pw-one' },
      'Here: DATACENTER_PROXY_ROTATION_MODE has a value that is not allowed.',
    ],
    ['pw-one', 'Here does not hold the proxy settings as fields.'],
  ])('name what is wrong and not its value: %j', (fields, message) => {
    expect(() => parseProxySecrets(fields, 'Here')).toThrow(message);
  });
});

describe('environment file', () => {
  test('is read when only its owner can', async () => {
    const path = await fileWith(
      `# proxies\nexport DATACENTER_PROXY="${URL_ONE}"\r\nRESIDENTIAL_PROXY_ROTATION_MODE=sticky\nOTHER=1\n`,
      0o600,
    );
    const secrets = await environmentFile(path, { platform: 'linux' }).load();
    expect(secrets.datacenter?.url.reveal()).toBe(URL_ONE);
    expect(secrets.residential).toBeNull();
  });

  test.each([0o644, 0o640, 0o602])('is refused with mode %o', async (mode) => {
    const path = await fileWith(`DATACENTER_PROXY=${URL_ONE}`, mode);
    await expect(environmentFile(path, { platform: 'linux' }).load()).rejects.toThrow(
      `(mode ${mode.toString(8)}). Set its mode to 600`,
    );
    await expect(environmentFile(path, { platform: 'win32' }).load()).resolves.toBeDefined();
  });

  test('says so when it is missing', async () => {
    await expect(environmentFile('/nonexistent/proxies.env', { platform: 'linux' }).load()).rejects.toThrow(
      'could not be opened (ENOENT)',
    );
  });
});

describe('cache', () => {
  const secrets = (password: string): ProxySecrets =>
    parseProxySecrets({ DATACENTER_PROXY: `http://u:${password}@p.example` }, 'Here');

  function start() {
    const clock = { now: 0 };
    const state = { reads: 0, answer: (): Promise<ProxySecrets> => Promise.resolve(secrets('one')) };
    const cached = cacheSecrets(
      { name: 'test', load: () => ((state.reads += 1), state.answer()) },
      { ttlMs: 1_000, staleMs: 5_000, retryMs: 100, now: () => clock.now },
    );
    return { clock, state, cached };
  }

  test('reads once within its time, for callers at the same moment too', async () => {
    const { clock, state, cached } = start();
    await Promise.all([cached.load(), cached.load()]);
    clock.now = 999;
    await cached.load();
    expect(state.reads).toBe(1);
    clock.now = 1_000;
    state.answer = () => Promise.resolve(secrets('two'));
    expect(await upstreamOf(cached, 'datacenter')).toContain('two');
  });

  test('reads again after a refused credential', async () => {
    const { state, cached } = start();
    await cached.load();
    cached.expire();
    await cached.load();
    expect(state.reads).toBe(2);
  });

  test('keeps what it knew through a failure, for a while', async () => {
    const { clock, state, cached } = start();
    await cached.load();
    state.answer = () => Promise.reject(new Error('down'));
    clock.now = 1_500;
    expect(await upstreamOf(cached, 'datacenter')).toContain('one');
    await cached.load();
    expect(state.reads).toBe(2);
    clock.now = 1_600;
    await cached.load();
    expect(state.reads).toBe(3);
    clock.now = 6_001;
    await expect(cached.load()).rejects.toThrow('down');
  });
});
