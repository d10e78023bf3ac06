import { Validator } from '@seriousme/openapi-schema-validator';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createdKeySchema } from '#shared/api.ts';
import { reportSchema } from '#shared/report.ts';
import { VERSION } from '#shared/version.ts';
import { ROOT } from '../scripts/run-program.ts';
import { startChild, type Ending } from './child.ts';
import { findSecrets, recordShopHar, type ShopHar } from './shop-har.ts';
import { CLIENT, freePort, startStack, type Stack } from './stack.ts';

const FILES = [
  'API.md',
  'capture.har',
  'mcp.json',
  'openapi.json',
  'openapi.yaml',
  'postman.json',
  'report.html',
  'report.json',
  'starter.py',
  'starter.ts',
];
const DRIVE = `export async function drive(page, { query }) {
  await page.waitForSelector('#product-list > li');
  await page.locator('#search-input').fill(query);
  await page.locator('#search-button').click();
  await page.waitForSelector('#search-results > li');
}
`;

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const outcomeSchema = z.object({
  scanId: z.string(),
  status: z.literal('complete'),
  reportUrl: z.url(),
  steps: z.array(z.object({ step: z.string(), status: z.string() })),
});

let stack: Stack;
let recorded: ShopHar;
let dir: string;
let homes = 0;

beforeAll(async () => {
  stack = await startStack();
  recorded = await recordShopHar(stack.shop);
  dir = mkdtempSync(join(tmpdir(), 'recon-cli-'));
  writeFileSync(join(dir, 'shop.har'), JSON.stringify(recorded.har));
  writeFileSync(join(dir, 'drive.mjs'), DRIVE);
});
afterAll(async () => {
  await stack.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A folder for the keys of one user. */
const newHome = (): string => join(dir, `home-${homes++}`);

/** Runs the real program in the folder of the test; the keys lie below `home`. */
function recon(args: readonly string[], options: { home?: string; input?: string; env?: Record<string, string> } = {}) {
  return startChild(['--import', import.meta.resolve('tsx'), join(ROOT, 'server', 'cli', 'recon.ts'), ...args], {
    cwd: dir,
    env: { XDG_CONFIG_HOME: options.home ?? newHome(), ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  });
}

const run = (args: readonly string[], options: Parameters<typeof recon>[1] = {}): Promise<Ending> =>
  recon(args, options).ended;

/** The one JSON object on standard output. */
function readOne(ending: Ending): unknown {
  const lines = ending.stdout.split('\n');
  expect(lines, ending.stdout + ending.stderr).toHaveLength(2);
  expect(lines[1]).toBe('');
  return JSON.parse(lines[0] ?? '');
}

/** Logs in with a one-time code of the stack's server; answers the home that holds the key. */
async function logIn(): Promise<string> {
  const home = newHome();
  const ending = await run(['login', '--server', stack.server.url, '--json'], {
    home,
    input: `${await stack.server.issueCode()}\n`,
  });
  expect(ending.code, ending.stderr).toBe(0);
  expect(readOne(ending)).toEqual({ server: stack.server.url });
  return home;
}

it('prints its version', async () => {
  const [plain, json] = await Promise.all([run(['version']), run(['version', '--json'])]);
  expect(plain).toMatchObject({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  expect(readOne(json)).toEqual({ version: VERSION });
});

it('says what is wrong with a command line and ends with 2', async () => {
  const wrong: [string[], RegExp][] = [
    [[], /^Usage: recon <command>/],
    [['nonsense'], /^There is no command nonsense\./],
    [['analyze', 'shop.har'], /^analyze needs --out DIR/],
    [['analyze', '--out', 'x'], /^analyze needs <file/],
    [['analyze', 'shop.har', '--out', 'x', '--wat'], /^Unknown option '--wat'/],
    [['import', 'shop.har'], /^import needs --target URL/],
    [['import', 'shop.har', '--target', 'ftp://x'], /^ftp:\/\/x is not the address of a site/],
    [['keys', 'create'], /^keys create needs --name/],
    [['scan', 'http://127.0.0.1:1/', '--headless'], /^--headless needs --script/],
    [['scan', 'http://127.0.0.1:1/', '--params', '{'], /^--params takes JSON/],
  ];
  await Promise.all(
    wrong.map(async ([args, message]) => {
      const ending = await run(args);
      expect(ending, args.join(' ')).toMatchObject({ code: 2, stdout: '' });
      expect(ending.stderr, args.join(' ')).toMatch(message);
      expect(ending.stderr, args.join(' ')).toMatch(/^Usage: recon /m);
    }),
  );
  const json = await run(['analyze', '--json']);
  expect(json.code).toBe(2);
  expect(errorSchema.parse(readOne(json)).error.code).toBe('USAGE');
});

it('analyzes a HAR offline into a folder', async () => {
  const given = JSON.stringify(recorded.har);
  for (const secret of recorded.secrets) expect(findSecrets(given, [secret]), secret).not.toEqual([]);
  const ending = await run(['analyze', 'shop.har', '--out', 'out/shop', '--intent', 'search products', '--json']);
  expect(ending.code, ending.stderr).toBe(0);
  const out = join(dir, 'out', 'shop');
  expect(readOne(ending)).toMatchObject({ out, status: 'complete', errored: [] });
  expect(readdirSync(out).sort()).toEqual(FILES);
  expect(readdirSync(join(dir, 'out'))).toEqual(['shop']);
  const texts = new Map(FILES.map((file) => [file, readFileSync(join(out, file), 'utf8')]));
  for (const [file, text] of texts) expect(findSecrets(text, recorded.secrets), file).toEqual([]);
  expect(findSecrets(ending.stdout + ending.stderr, recorded.secrets)).toEqual([]);

  const report = reportSchema.parse(JSON.parse(texts.get('report.json') ?? ''));
  expect(report.endpoints.map(({ method, template }) => `${method} ${template}`)).toEqual(
    expect.arrayContaining([
      'GET /api/products',
      expect.stringMatching(/^GET \/api\/products\/\{\w+\}$/),
      expect.stringMatching(/^GET \/api\/products\/\{\w+\}\/reviews$/),
      'GET /api/products/search',
      'POST /api/cart/items',
      'POST /api/login',
    ]),
  );
  expect(report.conversion.entries).toBe(recorded.har.log.entries.length);
  expect(report.validation.performed).toBe(false);
  expect(report.model.used).toBe(false);
  const document = z.looseObject({ paths: z.looseObject({}) }).parse(JSON.parse(texts.get('openapi.json') ?? ''));
  expect(Object.keys(document.paths)).toContain('/api/products');
  const checked = await new Validator().validate(structuredClone(document));
  expect(checked.errors).toBeUndefined();
  expect(checked.valid).toBe(true);
});

it('reads a HAR that is packed, has a byte order mark or is UTF-16', async () => {
  const text = readFileSync(join(dir, 'shop.har'), 'utf8');
  const forms: Record<string, Uint8Array> = {
    'packed.har.gz': gzipSync(text),
    'mark.har': Buffer.from(`\uFEFF${text}`),
    'wide.har': Buffer.from(`\uFEFF${text}`, 'utf16le'),
  };
  await Promise.all(
    Object.entries(forms).map(async ([name, bytes]) => {
      writeFileSync(join(dir, name), bytes);
      const ending = await run(['analyze', name, '--out', `${name}.out`, '--json']);
      expect(ending.code, `${name}: ${ending.stderr}`).toBe(0);
      const report = reportSchema.parse(JSON.parse(readFileSync(join(dir, `${name}.out`, 'report.json'), 'utf8')));
      expect(report.conversion.entries, name).toBe(recorded.har.log.entries.length);
    }),
  );
});

it('keeps what can be read of a HAR that was cut off, and says so', async () => {
  const text = readFileSync(join(dir, 'shop.har'), 'utf8');
  writeFileSync(join(dir, 'half.har'), text.slice(0, text.length / 2));
  const ending = await run(['analyze', 'half.har', '--out', 'half', '--json']);
  expect(ending.code, ending.stderr).toBe(0);
  const report = reportSchema.parse(JSON.parse(readFileSync(join(dir, 'half', 'report.json'), 'utf8')));
  expect(report.conversion.entries).toBeLessThan(recorded.har.log.entries.length);
  expect(report.conversion.leftOut.map(({ reason }) => reason).join()).toContain('cut off');
  expect(report.limits.map(({ text: limit }) => limit).join()).toContain('cut off');
});

it('says what is wrong with a file and leaves the folder as it was', async () => {
  const text = readFileSync(join(dir, 'shop.har'), 'utf8');
  const broken: Record<string, [bytes: Uint8Array | string, message: RegExp]> = {
    'empty.har': ['', /empty/],
    'prose.har': ['Dear reader, this is a letter.', /JSON/],
    'cut.har': [text.slice(0, 60), /JSON|cut/],
    'other.har': ['{"openapi":"3.1.0"}', /HAR/],
    'list.har': ['[]', /HAR/],
    'cut.har.gz': [gzipSync(text).subarray(0, 900), /not a whole gzip file/],
    'line.ndjson': ['{"k":"meta"', /Line 1/],
  };
  await Promise.all(
    Object.entries(broken).map(async ([name, [bytes, message]]) => {
      writeFileSync(join(dir, name), bytes);
      const kept = join(dir, `kept-${name}`);
      mkdirSync(kept);
      writeFileSync(join(kept, 'report.json'), 'the one of last week');
      const ending = await run(['analyze', name, '--out', `kept-${name}`, '--json']);
      expect(ending.code, `${name}: ${ending.stderr}`).toBe(1);
      const said = errorSchema.parse(readOne(ending)).error.message;
      expect(said, name).toMatch(message);
      expect(said, name).not.toMatch(/\.\./);
      expect(ending.stderr, name).not.toMatch(/\n\s+at /);
      expect(readdirSync(kept), name).toEqual(['report.json']);
      expect(readFileSync(join(kept, 'report.json'), 'utf8')).toBe('the one of last week');
    }),
  );
  const missing = await run(['analyze', 'nowhere.har', '--out', 'nowhere']);
  expect(missing).toMatchObject({ code: 1, stdout: '' });
  expect(missing.stderr).toMatch(/nowhere\.har does not exist\.\n$/);
  expect(readdirSync(dir)).not.toContain('nowhere');
});

it('logs in with a one-time code, keeps the key to itself and imports a HAR', async () => {
  const home = await logIn();
  const config = join(home, 'recon', 'config.json');
  expect(statSync(config).mode & 0o077).toBe(0);
  const target = `${stack.shop.origin}/`;
  const ending = await run(['import', 'shop.har', '--target', target, '--intent', 'products', '--json'], { home });
  expect(ending.code, ending.stderr).toBe(0);
  const outcome = outcomeSchema.parse(readOne(ending));
  expect(outcome.steps.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'complete'));
  expect(ending.stderr).toMatch(/✓ validation/);
  expect(findSecrets(ending.stdout + ending.stderr, recorded.secrets)).toEqual([]);
  const answer = await fetch(`${outcome.reportUrl}/report.json`);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(findSecrets(text, recorded.secrets)).toEqual([]);
  const report = reportSchema.parse(JSON.parse(text));
  expect(report.intent.text).toBe('products');
  expect(report.validation.performed).toBe(true);
});

it('tells an import that cannot be read by its failed step, and does not wait with --no-wait', async () => {
  const home = await logIn();
  writeFileSync(join(dir, 'letter.har'), 'Dear reader, this is a letter.');
  const target = `${stack.shop.origin}/`;
  const [failed, left] = await Promise.all([
    run(['import', 'letter.har', '--target', target, '--json', '--no-progress'], { home }),
    run(['import', 'shop.har', '--target', target, '--replay', 'off', '--no-wait'], { home }),
  ]);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toBe('');
  expect(readOne(failed)).toMatchObject({ status: 'failed', failedStep: 'ingest' });
  expect(left.code, left.stderr).toBe(0);
  const scan = await fetch(`${stack.server.url}/scans/${left.stdout.trim()}`, {
    headers: { Authorization: `Bearer ${stack.key}`, ...CLIENT },
  });
  expect(scan.status).toBe(200);
});

it('makes further keys', async () => {
  const home = await logIn();
  const made = await run(['keys', 'create', '--name', 'nightly run', '--json'], { home });
  expect(made.code, made.stderr).toBe(0);
  const { key, name, scopes } = createdKeySchema.parse(readOne(made));
  expect({ name, scopes }).toEqual({ name: 'nightly run', scopes: ['scan'] });
  const answer = await fetch(`${stack.server.url}/scans`, { headers: { Authorization: `Bearer ${key}`, ...CLIENT } });
  expect(answer.status).toBe(200);
});

it('says how to go on without a key, with a wrong one and without a server', async () => {
  const target = ['--target', stack.shop.origin];
  const closed = `http://127.0.0.1:${await freePort()}`;
  const [none, wrong, away] = await Promise.all([
    run(['import', 'shop.har', ...target, '--server', stack.server.url]),
    run(['import', 'shop.har', ...target, '--server', stack.server.url], { env: { RECON_KEY: 'rec_live_wrong' } }),
    run(['import', 'shop.har', ...target, '--server', closed], { env: { RECON_KEY: 'rec_live_x' } }),
  ]);
  for (const ending of [none, wrong, away]) expect(ending).toMatchObject({ code: 1, stdout: '' });
  expect(none.stderr).toMatch(/^There is no key for .* recon login --server /);
  expect(wrong.stderr).toMatch(/recon login/);
  expect(away.stderr).toBe(
    `The server ${closed} cannot be reached. Start it with npm start, or name another with --server.\n`,
  );
});

it('records with a script on the server it is logged in to', async () => {
  const home = await logIn();
  const args = ['--headless', '--script', 'drive.mjs', '--params', '{"query":"lamp"}', '--intent', 'search products'];
  const ending = await run(['scan', stack.shop.origin, ...args, '--json'], { home });
  expect(ending.code, ending.stderr).toBe(0);
  const { reportUrl } = outcomeSchema.parse(readOne(ending));
  const report = reportSchema.parse(await (await fetch(`${reportUrl}/report.json`)).json());
  const search = report.endpoints.find(({ template }) => template === '/api/products/search');
  expect(search?.parameters.map(({ name }) => name)).toContain('q');
  expect(search?.bucket).toBe('A');
});

it('records with a server of its own where a private host is allowed, and saves the exports', async () => {
  const args = ['--headless', '--script', 'drive.mjs', '--params', '{"query":"linen"}', '--intent', 'search products'];
  const dataDir = join(dir, 'own');
  mkdirSync(join(dataDir, 'postgres'), { recursive: true, mode: 0o755 });
  const ending = await run(
    [
      'scan',
      stack.shop.origin,
      ...args,
      '--allow-host',
      new URL(stack.shop.origin).host,
      '--out',
      'scanned',
      '--no-progress',
    ],
    { env: { DATA_DIR: dataDir, PORT: String(await freePort()) } },
  );
  expect(ending.code, ending.stderr).toBe(0);
  expect(ending.stderr).toBe('');
  expect(readdirSync(join(dir, 'scanned')).sort()).toEqual(FILES);
  const report = reportSchema.parse(JSON.parse(readFileSync(join(dir, 'scanned', 'report.json'), 'utf8')));
  expect(report.validation.sufficient.some(({ client }) => client !== null)).toBe(true);
  expect(ending.stdout).toContain(report.verdict.sentence);
});

it('says why a recording could not be made', async () => {
  const home = await logIn();
  writeFileSync(join(dir, 'bad.mjs'), 'export async function drive() { throw new Error("the shop is closed"); }');
  const target = ['scan', stack.shop.origin, '--headless', '--script'];
  const [missing, failing] = await Promise.all([
    run([...target, 'nowhere.mjs'], { home }),
    run([...target, 'bad.mjs', '--json', '--no-progress'], { home }),
  ]);
  expect(missing).toMatchObject({ code: 1, stdout: '', stderr: 'nowhere.mjs does not exist.\n' });
  expect(failing.code).toBe(1);
  expect(errorSchema.parse(readOne(failing)).error).toEqual({
    code: 'SCRIPT',
    message: 'bad.mjs failed: the shop is closed',
  });
});
