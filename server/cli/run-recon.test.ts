import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHostPaths } from '../env.ts';
import { COMMANDS } from './commands.ts';
import { runRecon } from './run-recon.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'recon-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function recon(...argv: string[]) {
  let [out, err] = ['', ''];
  const code = await runRecon(COMMANDS, argv, {
    streams: {
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
      readLine: () => Promise.resolve(null),
    },
    host: readHostPaths({ XDG_CONFIG_HOME: path.join(dir, 'config'), HOME: dir, PATH: '' }),
    cwd: dir,
    now: () => new Date('2026-01-01T00:00:00Z'),
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

const HAR = {
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: ['1', '2', '3'].map((id) => ({
      startedDateTime: '2026-01-01T00:00:00.000Z',
      time: 10,
      request: {
        method: 'GET',
        url: `https://shop.example/api/products/${id}`,
        httpVersion: 'HTTP/1.1',
        headers: [{ name: 'Authorization', value: 'Bearer very-secret-token-0123456789' }],
        queryString: [],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status: 200,
        statusText: 'OK',
        httpVersion: 'HTTP/1.1',
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        cookies: [],
        content: { size: 20, mimeType: 'application/json', text: JSON.stringify({ id: Number(id), name: 'Lamp' }) },
        redirectURL: '',
        headersSize: -1,
        bodySize: 20,
      },
      cache: {},
      timings: { send: 0, wait: 10, receive: 0 },
    })),
  },
};

it('lists every command, each in a file of its name', () => {
  const files = readdirSync(new URL('./commands', import.meta.url)).filter((file) => !file.endsWith('.test.ts'));
  expect(COMMANDS.map(({ name }) => `${name.replace(' ', '-')}.ts`).toSorted()).toEqual(files.toSorted());
});

describe('called wrongly', () => {
  it.each([
    [[], 'Usage: recon'],
    [['nothing'], 'There is no command nothing'],
    [['keys'], 'There is no command keys'],
    [['version', '--nothing'], "Unknown option '--nothing'"],
    [['version', 'more'], 'Not understood: more'],
    [['version', '--server'], "Option '--server <value>' argument missing"],
    [['import', 'a.har'], '--target'],
    [['import', '--target', 'shop.example'], 'needs'],
    [['import', 'a.har', '--target', 'ftp://x'], 'not the address of a site'],
    [['import', 'a.har', '--target', 'x.example', '--template', 'cars'], 'There is no template cars'],
    [['import', 'a.har', '--target', 'x.example', '--replay', 'twice'], '--replay takes'],
    [['analyze', 'a.har'], '--out'],
    [['keys', 'create'], '--name'],
    [['keys', 'create', '--name', 'x', '--scope', 'all'], 'There is no scope all'],
    [['scan', 'shop.example', '--headless'], '--script'],
    [['scan', 'shop.example', '--params', '{'], '--params takes JSON'],
    [['scan', 'shop.example', '--auth', 'magic'], '--auth takes'],
  ])('%j says why, how to call it, and exits 2', async (argv, why) => {
    const { code, out, err } = await recon(...argv);
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(err).toContain('Usage: recon');
    expect(out).toBe('');
  });
});

it('prints exactly one JSON object with --json, also when it fails', async () => {
  for (const [argv, wanted] of [
    [['version', '--json'], 0],
    [['version', '--json', '--nothing'], 2],
    [['analyze', 'missing.har', '--out', 'x', '--json'], 1],
    [['import', 'missing.har', '--target', 'shop.example', '--json'], 1],
  ] as const) {
    const { code, out } = await recon(...argv);
    expect(code).toBe(wanted);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toBeTypeOf('object');
  }
});

it('helps with every command', async () => {
  for (const { name } of COMMANDS) {
    const { code, out } = await recon(...name.split(' '), '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Usage: recon ${name}`);
  }
  expect((await recon('--help')).code).toBe(0);
});

describe('analyze', () => {
  it.each([
    ['plain.har', (text: string) => text],
    ['packed.har.gz', (text: string) => gzipSync(text)],
    ['marked.har', (text: string) => `\uFEFF${text}`],
    [
      'pieces.ndjson.gz',
      (text: string) => gzipSync(`${JSON.stringify({ k: 'har', part: 0, parts: 1, data: text })}\n`),
    ],
  ])('writes every form of the report of %s and no secret', async (file, write) => {
    writeFileSync(path.join(dir, file), write(JSON.stringify(HAR)));
    const out = path.join(dir, `out-${file}`);
    const { code, out: said, err } = await recon('analyze', file, '--out', out, '--json', '--intent', 'products');
    expect([code, err]).toEqual([0, expect.stringContaining('ingest')]);
    expect(JSON.parse(said)).toMatchObject({ status: 'complete', errored: [] });
    const written = readdirSync(out);
    for (const name of [
      'report.json',
      'openapi.json',
      'openapi.yaml',
      'API.md',
      'capture.har',
      'postman.json',
      'mcp.json',
      'starter.ts',
      'starter.py',
      'report.html',
    ]) {
      expect(written).toContain(name);
    }
    for (const name of written)
      expect(readFileSync(path.join(out, name), 'utf8'), name).not.toContain('very-secret-token');
    expect(readFileSync(path.join(out, 'openapi.json'), 'utf8')).toContain('/api/products/{');
    expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each([
    ['empty.har', '', 'is empty'],
    ['cut.har.gz', gzipSync(JSON.stringify(HAR)).subarray(0, 200), 'not a whole gzip file'],
    ['bad.ndjson', '{"k":"gap","t":1,"reason":"x","count":1}\n{"k":', 'Line 2'],
    ['unknown.ndjson', '{"k":"nothing"}\n', 'Line 1'],
  ])('says what is wrong with %s and writes nothing', async (file, bytes, why) => {
    writeFileSync(path.join(dir, file), bytes);
    const { code, err } = await recon('analyze', file, '--out', 'never');
    expect([code, err]).toEqual([1, expect.stringContaining(why)]);
    expect(readdirSync(dir)).not.toContain('never');
  });

  it('keeps other files of a folder that is there, and says when it cannot write', async () => {
    writeFileSync(path.join(dir, 'again.har'), JSON.stringify(HAR));
    writeFileSync(path.join(dir, 'a-file'), '');
    expect((await recon('analyze', 'again.har', '--out', 'again')).code).toBe(0);
    writeFileSync(path.join(dir, 'again', 'mine.txt'), 'kept');
    expect((await recon('analyze', 'again.har', '--out', 'again')).code).toBe(0);
    expect(readFileSync(path.join(dir, 'again', 'mine.txt'), 'utf8')).toBe('kept');
    const blocked = await recon('analyze', 'again.har', '--out', 'a-file/inside');
    expect([blocked.code, blocked.err]).toEqual([1, expect.stringContaining('Nothing was written')]);
    expect(statSync(path.join(dir, 'a-file')).size).toBe(0);
  });
});
