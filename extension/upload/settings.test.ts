import { describe, expect, it } from 'vitest';
import { EMPTY_SETTINGS, loadSettings, migrateSettings, readServerAddress } from './settings.ts';

describe('readServerAddress', () => {
  it.each([
    ['https://recon.example.com/', 'https://recon.example.com'],
    ['recon.example.com', 'https://recon.example.com'],
    ['localhost:7717', 'http://localhost:7717'],
    [' http://127.0.0.1:7717/ ', 'http://127.0.0.1:7717'],
    ['https://example.com/recon/', 'https://example.com/recon'],
  ])('reads %s', (typed, server) => {
    expect(readServerAddress(typed)).toEqual({ ok: true, server });
  });

  it.each([
    '',
    'ftp://a.test',
    'http://recon.example.com',
    'https://user:word@a.test',
    'javascript:alert(1)',
    'http://127.0.0.1.evil.test',
  ])('refuses %s, with words', (typed) => {
    const read = readServerAddress(typed);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.error.length > 20).toBe(true);
  });
});

describe('settings', () => {
  it('takes over the unversioned shape of earlier clients, and starts empty from anything else', () => {
    expect(migrateSettings({ serverUrl: 'http://localhost:9000/', apiKey: 'rec_live_x' })).toEqual({
      version: 1,
      server: 'http://localhost:9000',
      key: 'rec_live_x',
    });
    for (const odd of [undefined, null, 7, {}, { version: 9 }, { serverUrl: 'nonsense://' }])
      expect(migrateSettings(odd)).toEqual(EMPTY_SETTINGS);
  });

  it('stores a migrated shape once', async () => {
    const stored: Record<string, unknown> = { settings: { serverUrl: 'https://a.test' } };
    let writes = 0;
    const area = {
      get: (name: string) => Promise.resolve({ [name]: stored[name] }),
      set: (items: Record<string, unknown>) => {
        writes += 1;
        Object.assign(stored, items);
        return Promise.resolve();
      },
    };
    expect(await loadSettings(area)).toEqual(await loadSettings(area));
    expect([writes, stored['settings']]).toEqual([1, { version: 1, server: 'https://a.test', key: null }]);
  });
});
