import { expect, it } from 'vitest';
import { captureLimits } from '#shared/capture.ts';
import { readSettings, SETTING_NAMES, SettingsError } from './env.ts';

it('needs nothing for a server of one’s own', () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({
    role: 'all',
    embedded: true,
    host: '127.0.0.1',
    port: 7717,
    localOwner: true,
    databaseUrl: null,
  });
  expect(settings.limits).toMatchObject({
    segmentBytes: captureLimits.segmentBytes,
    scanBytes: captureLimits.scanBytes,
    ratio: 60,
    jsonBodyBytes: 1_000_000,
    oneShotBytes: 5_000_000,
    perMinuteKey: 120,
    vaultHours: 24,
    reportDays: 90,
  });
});

it('takes this machine for the owner only when the server is embedded or told so', () => {
  const database = { DATABASE_URL: 'postgres://recon_app:x@db.example/recon' };
  expect(readSettings(database).localOwner).toBe(false);
  expect(readSettings({ ...database, REPORT_LOCAL_OWNER: '1' }).localOwner).toBe(true);
  expect(readSettings({ REPORT_LOCAL_OWNER: '0' }).localOwner).toBe(false);
});

const WRONG: Record<string, string> = {
  ROLE: 'boss',
  PORT: '70000',
  PUBLIC_URL: 'ftp://x',
  REPORT_ORIGIN: 'reports',
  CORS_ORIGINS: 'https://a.example,nonsense',
  TRUSTED_PROXIES: 'proxy.example',
  DATABASE_URL: 'mysql://secret-password@x',
  DATABASE_OWNER_URL: 'x',
  S3_ENDPOINT: 'x',
  EGRESS_ALLOW_PRIVATE: '127.0.0.1',
  ANTHROPIC_BASE_URL: 'x',
  LOG_LEVEL: 'loud',
  REPORT_LOCAL_OWNER: 'maybe',
  CLIENT_MIN: '1',
  UPGRADE_URL: 'x',
  SEGMENT_BYTES: '-1',
  VAULT_HOURS: 'many',
};

it.each(Object.entries(WRONG))('names %s and the remedy when it is wrong, never its value', (name, value) => {
  const read = () => readSettings({ [name]: value });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(new RegExp(`^The setting ${name} is not usable: .{10,}\\.$`));
  expect(read).not.toThrow(/secret-password/);
});

it('names several wrong settings at once, and takes an empty one as missing', () => {
  expect(() => readSettings({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  expect(readSettings(Object.fromEntries(SETTING_NAMES.map((name) => [name, '']))).port).toBe(7717);
});

it('needs a database when it is only a part of the server', () => {
  expect(() => readSettings({ ROLE: 'worker' })).toThrow('DATABASE_URL');
});

it('reads addresses of private targets', () => {
  expect(readSettings({ EGRESS_ALLOW_PRIVATE: '127.0.0.1:8080, [::1]:9, shop.local:80' }).egressAllowPrivate).toEqual([
    '127.0.0.1:8080',
    '[::1]:9',
    'shop.local:80',
  ]);
});
