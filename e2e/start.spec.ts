import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectedSchema, createdScanSchema, scanListSchema } from '#shared/api.ts';
import { EXTENSION_FOLDER } from '../scripts/build-extension.ts';
import { ROOT } from '../scripts/run-program.ts';
import { startChild, type Child } from './child.ts';
import { descendantsOf, readEnvironment, running } from './processes.ts';
import { CLIENT, freePort } from './stack.ts';

let dir: string;
let children: Child[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'recon-start-'));
});
afterEach(async () => {
  for (const child of children) {
    if (running([child.pid]).length > 0) child.signalGroup('SIGINT');
    await child.ended;
  }
  children = [];
  rmSync(dir, { recursive: true, force: true });
});

/** A data folder in which PostgreSQL keeps its files, whoever runs it. */
function newDataDir(): string {
  chmodSync(dir, 0o755);
  const dataDir = join(dir, `data-${readdirSync(dir).length}`);
  mkdirSync(join(dataDir, 'postgres'), { recursive: true, mode: 0o755 });
  return dataDir;
}

/** `npm start` in a process group of its own, as a terminal runs it. */
function start(dataDir: string, args: readonly string[]): Child {
  const child = startChild([join(ROOT, 'scripts', 'bootstrap.mjs'), 'start', ...args], {
    env: { DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
  });
  children.push(child);
  return child;
}

interface Started {
  child: Child;
  url: string;
  code: string;
  /** The process below the bootstrap, which runs everything else. */
  main: number;
  /** Everything it started but PostgreSQL. */
  pids: number[];
  postgres: number;
}

const readPostmaster = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres', 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

async function startWhole(dataDir: string, port: number): Promise<Started> {
  const child = start(dataDir, ['--port', String(port), '--no-open']);
  await child.saw(/Ctrl-C stops everything/);
  const [, url = ''] = await child.saw(/^Server\s+(\S+)$/m);
  const [, code = ''] = await child.saw(/^Connect code\s+(\S+) /m);
  const pids = descendantsOf(child.pid);
  return { child, url, code, main: pids[0] ?? 0, pids, postgres: readPostmaster(dataDir) };
}

/** The line of a start that cannot be: one, and the exit code 1. */
async function readRefusal(child: Child): Promise<string> {
  const { code, stderr } = await child.ended;
  expect(code, stderr).toBe(1);
  expect(stderr.split('\n'), stderr).toHaveLength(2);
  return stderr.trim();
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...CLIENT, ...headers },
    body: JSON.stringify(body),
  });

async function connect({ url, code }: Started): Promise<{ Authorization: string }> {
  const answer = await post(`${url}/connect`, { code });
  expect(answer.status).toBe(200);
  return { Authorization: `Bearer ${connectedSchema.parse(await answer.json()).key}` };
}

async function listScans(url: string, headers: Record<string, string>): Promise<string[]> {
  const answer = await fetch(`${url}/scans`, { headers: { ...headers, ...CLIENT } });
  return scanListSchema.parse(await answer.json()).scans.map(({ scanId }) => scanId);
}

it('serves, keeps others out of its folder, stops at Ctrl-C and goes on with the same data', async () => {
  const dataDir = newDataDir();
  const port = await freePort();
  const first = await startWhole(dataDir, port);
  expect(first.url).toBe(`http://127.0.0.1:${port}`);
  expect((await first.child.saw(/^Extension\s+(\S.*)$/m))[1]).toBe(EXTENSION_FOLDER);
  expect(existsSync(join(EXTENSION_FOLDER, 'manifest.json'))).toBe(true);
  const key = await connect(first);
  expect((await post(`${first.url}/connect`, { code: first.code })).status).toBe(401);
  const consent = { entitled: true, replay: 'off', model: false };
  const begun = await post(`${first.url}/scans`, { targetUrl: 'https://shop.example/', consent }, key);
  const { scanId } = createdScanSchema.parse(await begun.json());

  const second = start(dataDir, ['--port', String(await freePort()), '--no-open']);
  expect(await readRefusal(second)).toBe(
    `browser-recon: another instance (process ${first.main}, ${first.url}) already serves ${dataDir}. Use that one, or stop it first.`,
  );
  const third = start(newDataDir(), ['--port', String(port), '--no-open']);
  expect(await readRefusal(third)).toMatch(
    new RegExp(`^browser-recon: port ${port} is in use\\. .* npm start -- --port ${port + 1}$`),
  );
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);

  first.child.signalGroup('SIGINT');
  const ending = await first.child.ended;
  expect(ending.code, ending.stderr).toBe(0);
  expect(ending.stdout).toBe('');
  expect(ending.stderr).toMatch(/Stopping …\nStopped\.\n$/);
  expect(first.pids.length).toBeGreaterThanOrEqual(3);
  expect(running([...first.pids, first.postgres])).toEqual([]);

  const again = await startWhole(dataDir, port);
  expect(await listScans(again.url, key)).toEqual([scanId]);
  again.child.signalGroup('SIGHUP');
  expect((await again.child.ended).code).toBe(0);
  expect(running([...again.pids, again.postgres])).toEqual([]);
});

it('replaces a killed API process, and after SIGKILL of all of it the next start takes over', async () => {
  const dataDir = newDataDir();
  const port = await freePort();
  const first = await startWhole(dataDir, port);
  const key = await connect(first);
  const api = descendantsOf(first.main).find((pid) => /\bROLE=api\b/.test(readEnvironment(pid)));
  process.kill(api ?? 0, 'SIGKILL');
  await first.child.saw(/^The api process ended \(SIGKILL\); starting another\.$/m);
  await expect.poll(() => listScans(first.url, key).catch(() => 'away'), { timeout: 30_000 }).toEqual([]);

  const alive = descendantsOf(first.main);
  process.kill(first.main, 'SIGKILL');
  expect((await first.child.ended).code).toBe(1);
  await expect.poll(() => running(alive), { timeout: 40_000 }).toEqual([]);
  expect(running([first.postgres])).toEqual([first.postgres]);

  const second = await startWhole(dataDir, port);
  expect(second.postgres).toBe(first.postgres);
  expect(await listScans(second.url, key)).toEqual([]);
  process.kill(second.child.pid, 'SIGTERM');
  expect((await second.child.ended).code).toBe(0);
  expect(running([...second.pids, second.postgres])).toEqual([]);
});

it('stops in order when Ctrl-C comes while it starts, and gives the folder free', async () => {
  const dataDir = newDataDir();
  const child = start(dataDir, ['--port', String(await freePort()), '--no-open']);
  await child.saw(/Starting PostgreSQL/);
  const pids = descendantsOf(child.pid);
  child.signalGroup('SIGINT');
  const { code, stderr } = await child.ended;
  expect(code, stderr).toBe(0);
  expect(stderr).not.toMatch(/browser-recon:|\n\s+at /);
  expect(running(pids)).toEqual([]);
  expect(existsSync(join(dataDir, 'instance.json'))).toBe(false);
  expect(existsSync(join(dataDir, 'postgres', 'postgres', 'data', 'postmaster.pid'))).toBe(false);
});

it('says in one line what it does not understand', async () => {
  const wrong = [
    start(newDataDir(), ['--wat']),
    start(newDataDir(), ['--port', '0']),
    start(newDataDir(), ['--port', 'many']),
    start(newDataDir(), ['please']),
  ];
  const lines = await Promise.all(wrong.map(readRefusal));
  for (const line of lines) expect(line).toMatch(/^browser-recon: .* Usage: npm start -- \[--demo/);
  expect(lines[0]).toContain('--wat');
  expect(lines[1]).toContain('--port takes a number from 1 to 65535, not "0"');
});

it('ends the demo at once when its port is taken', async () => {
  const squatter = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  try {
    const child = start(newDataDir(), ['--demo', '--port', String(port)]);
    expect(await readRefusal(child)).toMatch(/port \d+ is in use/);
  } finally {
    squatter.close();
  }
});
