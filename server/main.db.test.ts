import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { childEnvironment } from './env.ts';
import { createTestDatabase, type TestDatabase } from './testing/postgres.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const noticeSchema = z.object({ type: z.string(), url: z.string().optional(), code: z.string().optional() });

let database: TestDatabase;
let dir: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  dir = mkdtempSync(path.join(tmpdir(), 'recon-main-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.close();
  rmSync(dir, { recursive: true, force: true });
});

function start(settings: Record<string, string>) {
  const child = fork(MAIN, [], {
    execArgv: ['--import', 'tsx'],
    env: childEnvironment({
      DATA_DIR: dir,
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      PORT: '0',
      LOG_LEVEL: 'silent',
      REPORT_LOCAL_OWNER: '1',
      ...settings,
    }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const next = (type: string) =>
    new Promise<z.infer<typeof noticeSchema>>((resolve, reject) => {
      child.on('message', (message) => {
        const notice = noticeSchema.parse(message);
        if (notice.type === type) resolve(notice);
      });
      void exited.then(() => reject(new Error(`ended: ${complaint}`)));
    });
  return { child, exited, next, complaint: () => complaint };
}

it('runs as two processes, gives codes to its parent and stops when told or left', async () => {
  const [api, worker] = [start({ ROLE: 'api' }), start({ ROLE: 'worker' })];
  const [{ url = '' }] = await Promise.all([api.next('ready'), worker.next('ready')]);
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ok: true });
  const coded = api.next('code');
  api.child.send({ type: 'issue-code' });
  const { code } = await coded;
  const connected = await fetch(`${url}/connect`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  expect(connected.status).toBe(200);
  api.child.send({ type: 'stop' });
  worker.child.disconnect();
  expect(await Promise.all([api.exited, worker.exited])).toEqual([0, 0]);
});

it('answers a long poll under way before it leaves', async () => {
  const api = start({ ROLE: 'api' });
  const { url = '' } = await api.next('ready');
  const coded = api.next('code');
  api.child.send({ type: 'issue-code' });
  const post = async (where: string, body: unknown, key?: string) => {
    const answer = await fetch(url + where, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }) },
      body: JSON.stringify(body),
    });
    return z.looseObject({ key: z.string().optional(), scanId: z.string().optional() }).parse(await answer.json());
  };
  const { key = '' } = await post('/connect', { code: (await coded).code });
  const { scanId } = await post('/scans', { targetUrl: 'https://shop.example/', consent: { entitled: true } }, key);
  const polling = fetch(`${url}/scans/${scanId}/events?waitMs=25000`, { headers: { Authorization: `Bearer ${key}` } });
  await fetch(`${url}/healthz`);
  api.child.kill('SIGTERM');
  expect((await polling).status).toBe(200);
  expect(await api.exited).toBe(0);
});

it('says in one line what is in its way', async () => {
  const other = createServer();
  const port = await new Promise<string>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address();
      resolve(String(typeof address === 'object' ? address?.port : ''));
    });
  });
  for (const [settings, line] of [
    [{ PORT: port }, `Port ${port} on 127.0.0.1 is taken`],
    [
      { DATABASE_URL: 'postgres://recon_app:x@127.0.0.1:1/x', DATABASE_OWNER_URL: '' },
      'DATABASE_URL cannot be reached',
    ],
    [{ PORT: 'many' }, 'The setting PORT is not usable'],
  ] as const) {
    const failed = start({ ROLE: 'api', ...settings });
    failed.next('ready').catch(() => undefined);
    expect(await failed.exited).toBe(1);
    await expect.poll(failed.complaint).toContain(line);
    expect(failed.complaint().trim().split('\n')).toHaveLength(1);
  }
  other.close();
});
