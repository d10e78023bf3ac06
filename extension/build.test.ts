import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zip } from 'wxt';
import { z } from 'zod';
import { EXTENSION_ID, VERSION } from '#shared/version.ts';

const LARGEST_ZIP_BYTES = 300_000;
const PERMISSIONS = ['alarms', 'debugger', 'sidePanel', 'storage', 'tabs'];

/** Addresses that code may name: names of languages and drafts, the default server, and an example shown to people. */
const ADDRESSES = [
  /^http:\/\/www\.w3\.org\/(1998\/Math\/MathML|1999\/xhtml|1999\/xlink|2000\/svg|XML\/1998\/namespace)$/,
  /^https?:\/\/json-schema\.org\/draft[\w./-]*$/,
  /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/,
  /^https:\/\/recon\.example\.com\.?$/,
];

/** What belongs to the server alone: its packages, vendors' marks, prompts, keys. */
const SERVER_ONLY = [
  'drizzle',
  'pg-boss',
  '@hono/',
  '@anthropic',
  'anthropic',
  '@aws-sdk',
  'puppeteer',
  'third-party-web',
  'node:crypto',
  'datadome',
  '_abck',
  'cf_clearance',
  'akamai',
  'kasada',
  'cache_control',
  'max_tokens',
  'sk-ant-',
  'PRIVATE KEY',
];

const manifestSchema = z.looseObject({
  manifest_version: z.literal(3),
  version: z.string(),
  key: z.string(),
  permissions: z.array(z.string()),
  host_permissions: z.array(z.string()).optional(),
  content_scripts: z.unknown().optional(),
  externally_connectable: z.unknown().optional(),
  web_accessible_resources: z.unknown().optional(),
  content_security_policy: z.object({ extension_pages: z.string() }),
  icons: z.record(z.string(), z.string()),
});

let folder = '';
let bytes = 0;
let files: Record<string, Uint8Array> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recon-build-'));
  await zip({ root: join(import.meta.dirname, '..'), outDir: folder, logger: silent });
  const name = (await readdir(folder)).find((file) => file.endsWith('.zip')) ?? '';
  bytes = (await stat(join(folder, name))).size;
  files = unzipSync(await readFile(join(folder, name)));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const nothing = (): void => undefined;
const silent = {
  debug: nothing,
  log: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  success: nothing,
  level: 0,
};

function textOf(name: string): string {
  const file = files[name];
  if (file === undefined) throw new Error(`The package holds no ${name}.`);
  return strFromU8(file);
}

function code(): [string, string][] {
  return Object.keys(files)
    .filter((name) => /\.(js|html|css|json)$/.test(name))
    .map((name) => [name, textOf(name)]);
}

describe('the packed extension', () => {
  it('is small', () => {
    expect(bytes).toBeLessThanOrEqual(LARGEST_ZIP_BYTES);
    expect(bytes).toBeGreaterThan(10_000);
  });

  it('asks for exactly these permissions and opens no other door', () => {
    const manifest = manifestSchema.parse(JSON.parse(textOf('manifest.json')));
    expect([...manifest.permissions].sort()).toEqual(PERMISSIONS);
    expect(manifest.host_permissions ?? []).toEqual([]);
    expect(manifest.content_scripts).toBeUndefined();
    expect(manifest.externally_connectable).toBeUndefined();
    expect(manifest.web_accessible_resources).toBeUndefined();
    expect(manifest.version).toBe(VERSION);
    for (const icon of Object.values(manifest.icons)) expect(Object.keys(files)).toContain(icon);
  });

  it('has a policy that runs only its own scripts', () => {
    const policy = manifestSchema.parse(JSON.parse(textOf('manifest.json'))).content_security_policy.extension_pages;
    const rules = new Map(
      policy.split(';').map((rule) => [rule.trim().split(' ')[0], rule.trim().split(' ').slice(1).join(' ')]),
    );
    expect(rules.get('default-src')).toBe("'none'");
    expect(rules.get('script-src')).toBe("'self'");
    expect(policy).not.toContain('unsafe');
    expect(rules.get('connect-src')).toBe('http: https:');
  });

  it('has the id that the server admits', () => {
    const { key } = manifestSchema.parse(JSON.parse(textOf('manifest.json')));
    const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
    expect(hash.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))).toBe(EXTENSION_ID);
  });

  it('makes no code from text', () => {
    for (const [name, text] of code()) {
      expect(
        text.match(/\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|=\s*Function\b|["']unsafe-eval/g),
        name,
      ).toBeNull();
    }
  });

  it('names no foreign address in its code, and loads nothing from one', () => {
    for (const [name, text] of code()) {
      const addresses = text.match(/https?:\/\/[\w.:-]+[\w./-]*/g) ?? [];
      expect(
        addresses.filter((address) => !ADDRESSES.some((known) => known.test(address))),
        name,
      ).toEqual([]);
    }
  });

  it('holds nothing that belongs to the server', () => {
    for (const [name, text] of code()) {
      expect(
        SERVER_ONLY.filter((mark) => text.includes(mark)),
        name,
      ).toEqual([]);
      expect(text.match(/rec_live_[0-9A-Za-z]{20,}/g), name).toBeNull();
    }
  });

  it('carries no source maps, sources or tests', () => {
    expect(Object.keys(files).filter((name) => !/\.(js|html|css|json|png)$/.test(name))).toEqual([]);
  });
});
