import path from 'node:path';
import { z } from 'zod';
import { captureLimits } from '#shared/capture.ts';
import { MIN_CLIENT } from '#shared/version.ts';

/**
 * The only reader of the process environment. Every setting has its rule and its remedy here; what is set wrongly stops the
 * start with one line that names the setting and says what to do.
 */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const whole = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);
const text = z.string().trim().min(1).optional();
const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
const flag = z.enum(['0', '1', 'false', 'true']).transform((value) => value === '1' || value === 'true');
const origin = z
  .url({ protocol: /^https?$/ })
  .transform((value) => new URL(value).origin)
  .optional();
const hostPort = z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:/]+):\d{1,5}$/);

const schema = z.object({
  ROLE: z.enum(['api', 'worker', 'all']).default('all'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(7717),
  PUBLIC_URL: origin,
  REPORT_ORIGIN: origin,
  CORS_ORIGINS: list.pipe(z.array(z.string().regex(/^(https?|chrome-extension):\/\/[^/]+$/))),
  TRUSTED_PROXIES: list.pipe(z.array(z.union([z.ipv4(), z.ipv6()]))),
  DATA_DIR: z.string().default('.recon'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  S3_BUCKET: text,
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().default('us-east-1'),
  KMS_KEY_ID: text,
  VAULT_KEY_FILE: text,
  SERVER_SECRET_FILE: text,
  PROXY_SECRET_ARN: text,
  PROXY_SECRET_FILE: text,
  EGRESS_ALLOW_PRIVATE: list.pipe(z.array(hostPort)),
  ANTHROPIC_API_KEY: text,
  ANTHROPIC_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  ANTHROPIC_MODEL: text,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  REPORT_LOCAL_OWNER: flag.optional(),
  CLIENT_MIN: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .default(MIN_CLIENT),
  UPGRADE_URL: z.url({ protocol: /^https?$/ }).optional(),
  WORKER_SLOTS: whole(2),
  SEGMENT_BYTES: whole(captureLimits.segmentBytes),
  SEGMENT_EXPANDED_BYTES: whole(captureLimits.segmentExpandedBytes),
  SCAN_BYTES: whole(captureLimits.scanBytes),
  SCAN_EXPANDED_BYTES: whole(captureLimits.scanExpandedBytes),
  SEGMENT_RATIO: whole(captureLimits.ratio),
  JSON_BODY_BYTES: whole(1_000_000),
  ONE_SHOT_BYTES: whole(5_000_000),
  REQUESTS_PER_MINUTE: whole(120),
  REQUESTS_PER_MINUTE_IP: whole(600),
  REQUESTS_PER_MINUTE_SLUG: whole(240),
  CONNECTS_PER_MINUTE_IP: whole(10),
  VAULT_HOURS: whole(24),
  REPORT_DAYS: whole(90),
  RECORDING_HOURS: whole(24),
});

const REMEDY: Record<keyof z.input<typeof schema>, string> = {
  ROLE: 'use api, worker or all',
  HOST: 'give the address to listen on, for example 127.0.0.1',
  PORT: 'give a port from 0 to 65535',
  PUBLIC_URL: 'give the http(s) address at which clients reach this server',
  REPORT_ORIGIN: 'give the http(s) origin that serves reports, for example https://reports.example.com',
  CORS_ORIGINS: 'give origins separated by commas, for example https://app.example.com',
  TRUSTED_PROXIES: 'give the IP addresses of your own reverse proxies, separated by commas',
  DATA_DIR: 'give a folder that this process may write',
  DATABASE_URL: 'give postgres://user:password@host:port/database of the application role',
  DATABASE_OWNER_URL: 'give postgres://user:password@host:port/database of the role that may migrate',
  S3_BUCKET: 'give the name of a bucket',
  S3_ENDPOINT: 'give the http(s) address of the object store, or leave it out for AWS',
  S3_REGION: 'give the region of the bucket',
  KMS_KEY_ID: 'give the id or ARN of a KMS key',
  VAULT_KEY_FILE: 'give the path of a file with 32 random bytes',
  SERVER_SECRET_FILE: 'give the path of a file with at least 32 random bytes, the same for every API process',
  PROXY_SECRET_ARN: 'give the ARN of the secret that holds the proxies',
  PROXY_SECRET_FILE: 'give the path of the file that names the proxies',
  EGRESS_ALLOW_PRIVATE: 'give host:port pairs separated by commas',
  ANTHROPIC_API_KEY: 'give a key, or leave it out to work without a model',
  ANTHROPIC_BASE_URL: 'give an http(s) address, or leave it out',
  ANTHROPIC_MODEL: 'give the name of a model, or leave it out',
  LOG_LEVEL: 'use trace, debug, info, warn, error, fatal or silent',
  REPORT_LOCAL_OWNER: 'use 1 or 0',
  CLIENT_MIN: 'give a version such as 0.3.0',
  UPGRADE_URL: 'give the http(s) address of the page that offers newer clients',
  WORKER_SLOTS: 'give the number of scans worked on at once, at least 1',
  SEGMENT_BYTES: 'give a number of bytes',
  SEGMENT_EXPANDED_BYTES: 'give a number of bytes',
  SCAN_BYTES: 'give a number of bytes',
  SCAN_EXPANDED_BYTES: 'give a number of bytes',
  SEGMENT_RATIO: 'give a whole number, at least 1',
  JSON_BODY_BYTES: 'give a number of bytes',
  ONE_SHOT_BYTES: 'give a number of bytes',
  REQUESTS_PER_MINUTE: 'give a whole number, at least 1',
  REQUESTS_PER_MINUTE_IP: 'give a whole number, at least 1',
  REQUESTS_PER_MINUTE_SLUG: 'give a whole number, at least 1',
  CONNECTS_PER_MINUTE_IP: 'give a whole number, at least 1',
  VAULT_HOURS: 'give a whole number of hours, at least 1',
  REPORT_DAYS: 'give a whole number of days, at least 1',
  RECORDING_HOURS: 'give a whole number of hours, at least 1',
};
export const SETTING_NAMES = Object.keys(REMEDY);

type Source = Readonly<Record<string, string | undefined>>;

/** Reads and checks every setting. Throws `SettingsError` with one line a wrong setting; never with its value. */
export function readSettings(source: Source = process.env) {
  const given = Object.fromEntries(
    Object.keys(REMEDY)
      .map((name) => [name, source[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    const lines = names.map(
      (name) =>
        `The setting ${name} is not usable: ${Object.entries(REMEDY).find(([key]) => key === name)?.[1] ?? 'correct it'}.`,
    );
    throw new SettingsError(lines.join('\n'));
  }
  const env = parsed.data;
  const embedded = env.DATABASE_URL === undefined;
  if (embedded && env.ROLE !== 'all') {
    throw new SettingsError(
      `The setting DATABASE_URL is missing: ROLE=${env.ROLE} needs a database that both processes reach. Give it, or use ROLE=all.`,
    );
  }
  const dataDir = path.resolve(env.DATA_DIR);
  const localOwner = env.REPORT_LOCAL_OWNER ?? embedded;
  return {
    role: env.ROLE,
    embedded,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? null,
    reportOrigin: env.REPORT_ORIGIN ?? null,
    corsOrigins: env.CORS_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    dataDir,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? env.DATABASE_URL ?? null,
    s3:
      env.S3_BUCKET === undefined ? null : { bucket: env.S3_BUCKET, endpoint: env.S3_ENDPOINT, region: env.S3_REGION },
    kmsKeyId: env.KMS_KEY_ID ?? null,
    vaultKeyFile: env.VAULT_KEY_FILE ?? path.join(dataDir, 'vault.key'),
    serverSecretFile: env.SERVER_SECRET_FILE ?? path.join(dataDir, 'server.secret'),
    proxySecretArn: env.PROXY_SECRET_ARN ?? null,
    proxySecretFile: env.PROXY_SECRET_FILE ?? null,
    egressAllowPrivate: env.EGRESS_ALLOW_PRIVATE,
    model:
      env.ANTHROPIC_API_KEY === undefined
        ? null
        : { apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL, name: env.ANTHROPIC_MODEL },
    logLevel: env.LOG_LEVEL,
    localOwner,
    minClient: env.CLIENT_MIN,
    upgradeUrl: env.UPGRADE_URL ?? null,
    workerSlots: env.WORKER_SLOTS,
    limits: {
      segmentBytes: env.SEGMENT_BYTES,
      segmentExpandedBytes: env.SEGMENT_EXPANDED_BYTES,
      scanBytes: env.SCAN_BYTES,
      scanExpandedBytes: env.SCAN_EXPANDED_BYTES,
      ratio: env.SEGMENT_RATIO,
      ratioFreeBytes: captureLimits.ratioFreeBytes,
      warnBytes: Math.min(captureLimits.warnBytes, Math.floor(env.SCAN_BYTES / 2)),
      jsonBodyBytes: env.JSON_BODY_BYTES,
      oneShotBytes: env.ONE_SHOT_BYTES,
      perMinuteKey: env.REQUESTS_PER_MINUTE,
      perMinuteIp: env.REQUESTS_PER_MINUTE_IP,
      perMinuteSlug: env.REQUESTS_PER_MINUTE_SLUG,
      connectsPerMinuteIp: env.CONNECTS_PER_MINUTE_IP,
      vaultHours: env.VAULT_HOURS,
      reportDays: env.REPORT_DAYS,
      recordingHours: env.RECORDING_HOURS,
    },
  };
}
export type Settings = ReturnType<typeof readSettings>;

/** Where the command line keeps its things, and what it may take from the environment instead of flags. */
export function readHostPaths(source: Source = process.env) {
  const home = source.HOME ?? source.USERPROFILE ?? '.';
  return {
    configDir: path.join(source.XDG_CONFIG_HOME ?? path.join(home, '.config'), 'recon'),
    chrome: source.CHROME_PATH ?? null,
    searchPath: (source.PATH ?? source.Path ?? '').split(path.delimiter).filter((folder) => folder !== ''),
    programFolders: [source.LOCALAPPDATA, source.PROGRAMFILES, source['PROGRAMFILES(X86)']].filter(
      (folder) => folder !== undefined,
    ),
    home,
    display: source.DISPLAY ?? source.WAYLAND_DISPLAY ?? null,
    key: source.RECON_KEY ?? null,
    server: source.RECON_SERVER ?? null,
  };
}
export type HostPaths = ReturnType<typeof readHostPaths>;

/** The environment for a child process: this one's with `changes` over it. */
export const childEnvironment = (
  changes: Record<string, string>,
  source: Source = process.env,
): Record<string, string> => {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...source, ...changes })) if (value !== undefined) merged[name] = value;
  return merged;
};
