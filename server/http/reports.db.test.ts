import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createdScanSchema } from '#shared/api.ts';
import { errorBodySchema } from '#shared/errors.ts';
import { asAccount } from '../db/client.ts';
import { checkpoints, scans } from '../db/schema/index.ts';
import { EXPORTERS } from '../exporters/index.ts';
import { createBlobArtifacts } from '../pipeline/blob-artifacts.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { buildShopExchanges, buildShopReport } from '../testing/report-fixture.ts';
import { NEW_SCAN, startTestServer, type TestCaller, type TestServer } from '../testing/api-server.ts';

let server: TestServer;
let caller: TestCaller;

beforeAll(async () => {
  server = await startTestServer({ REPORT_LOCAL_OWNER: '0' });
  caller = await server.addCaller();
});
afterAll(() => server.close());

const begin = async (): Promise<{ scanId: string; path: string }> => {
  const scan = createdScanSchema.parse((await server.send('POST', '/scans', { key: caller.key, json: NEW_SCAN })).json);
  return { scanId: scan.scanId, path: new URL(scan.reportUrl).pathname };
};

/** Stores what `render` stores. */
async function finish(scanId: string): Promise<void> {
  const report = buildShopReport();
  const files = EXPORTERS.flatMap((exporter) => exporter.write(report, buildShopExchanges()));
  const { accountId } = caller;
  const artifacts = createBlobArtifacts({ blobs: server.deps.blobs, accountId, scanId, vault: null });
  const refs = {
    report: await artifacts.write('report', report),
    exports: await artifacts.write(
      'exports',
      asScrubbed([...files, { path: 'report.html', mediaType: 'text/html', text: '<!doctype html>' }]),
    ),
  };
  await asAccount(server.deps.db, accountId, (tx) =>
    tx.insert(checkpoints).values({
      scanId,
      accountId,
      step: 'render',
      version: 1,
      status: 'complete',
      message: 'done',
      metadata: {},
      durationMs: 1,
      attempts: 1,
      artifacts: refs,
    }),
  );
}

const FILES = [
  'report.json',
  'openapi.json',
  'openapi.yaml',
  'api.md',
  'capture.har',
  'postman.json',
  'mcp.json',
  'report.html',
  'starter/typescript',
  'starter/python',
];

it('shows its owner how far it is until it is there, and then the report', async () => {
  const { scanId, path } = await begin();
  const early = await server.send('GET', path, { key: caller.key });
  expect([early.status, early.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const file = await server.send('GET', `${path}/report.json`, { key: caller.key });
  expect([file.status, errorBodySchema.parse(file.json).error.message]).toEqual([
    404,
    expect.stringContaining('not finished'),
  ]);
  await finish(scanId);
  const page = await server.send('GET', path, { key: caller.key });
  expect(page.text).toContain('shop.example');
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  for (const [name, value] of [
    ['x-robots-tag', 'noindex'],
    ['referrer-policy', 'no-referrer'],
    ['cache-control', 'no-store'],
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ] as const) {
    expect(page.headers.get(name), name).toContain(value);
  }
});

it.each(FILES)('gives %s, and not a word more than its form', async (file) => {
  const { scanId, path } = await begin();
  await finish(scanId);
  const answer = await server.send('GET', `${path}/${file}`, { key: caller.key });
  expect(answer.status).toBe(200);
  expect(answer.text.length).toBeGreaterThan(10);
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(answer.headers.get('content-disposition')).toMatch(/^(inline|attachment); filename="[\w.-]+"$/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await server.send('GET', `${path}/${file}`)).status).toBe(404);
});

it('gives the OpenAPI document of the origin asked for', async () => {
  const { scanId, path } = await begin();
  await finish(scanId);
  const ask = (query: string) => server.send('GET', `${path}/openapi.json${query}`, { key: caller.key });
  const first = (await ask('')).json as { servers: { url: string }[] };
  const origin = first.servers[0]?.url ?? '';
  expect((await ask(`?origin=${encodeURIComponent(origin)}`)).json).toEqual(first);
  expect((await ask('?origin=https%3A%2F%2Fnowhere.example')).status).toBe(404);
  expect((await ask('?origin=no-url')).status).toBe(422);
});

it('opens to everyone while it is shared, and closes its old address for good', async () => {
  const { scanId, path } = await begin();
  await finish(scanId);
  const share = (json: unknown) => server.send('POST', `/scans/${scanId}/share`, { key: caller.key, json });
  expect((await server.send('GET', path)).status).toBe(404);
  expect((await share({ expiresAt: '2001-01-01T00:00:00Z' })).status).toBe(422);
  expect((await share({})).json).toMatchObject({ shared: true, expiresAt: null });
  expect((await server.send('GET', path)).status).toBe(200);
  expect((await server.send('GET', `${path}/report.json`)).status).toBe(200);
  const soon = new Date(server.deps.now().getTime() + 400).toISOString();
  await share({ expiresAt: soon });
  await expect.poll(async () => (await server.send('GET', path)).status, { timeout: 5000 }).toBe(404);
  await share({});
  const closed = await server.send('DELETE', `/scans/${scanId}/share`, { key: caller.key });
  const moved = new URL((closed.json as { reportUrl: string }).reportUrl).pathname;
  await share({});
  expect((await server.send('GET', path)).status).toBe(404);
  expect((await server.send('GET', moved)).status).toBe(200);
});

it('opens in a browser with a ticket, for this report alone and while the key lives', async () => {
  const made = await server.send('POST', '/keys', { key: caller.key, json: { name: 'browser' } });
  const { id, key } = made.json as { id: string; key: string };
  const [one, two] = [await begin(), await begin()];
  await finish(one.scanId);
  await finish(two.scanId);
  const { url } = (await server.send('POST', `/scans/${one.scanId}/ticket`, { key })).json as { url: string };
  const entered = await server.send('GET', url);
  expect([entered.status, entered.headers.get('location')]).toEqual([302, one.path]);
  const cookie = entered.headers.get('set-cookie') ?? '';
  expect(cookie).toContain(`Path=${one.path}`);
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Lax');
  const headers = { Cookie: cookie.split(';')[0] ?? '' };
  expect((await server.send('GET', one.path, { headers })).status).toBe(200);
  expect((await server.send('GET', `${one.path}/report.json`, { headers })).status).toBe(200);
  expect((await server.send('GET', two.path, { headers })).status).toBe(404);
  const ticket = new URL(url).searchParams.get('ticket') ?? '';
  for (const wrong of [
    `${ticket}x`,
    `x${ticket}`,
    ticket.split('.')[0] ?? '',
    headers.Cookie.split('=')[1] ?? '',
    'a.b',
  ]) {
    expect((await server.send('GET', `${one.path}?ticket=${wrong}`)).status, wrong).toBe(404);
  }
  expect((await server.send('GET', `${two.path}?ticket=${ticket}`)).status).toBe(404);
  await server.send('DELETE', `/keys/${id}`, { key: caller.key });
  expect((await server.send('GET', one.path, { headers })).status).toBe(404);
  expect((await server.send('GET', url)).status).toBe(404);
});

it('shows a browser a page where there is nothing to see, the same for both reasons', async () => {
  const { path } = await begin();
  const headers = { Accept: 'text/html' };
  const [foreign, unknown] = [
    await server.send('GET', path, { headers }),
    await server.send('GET', `/r/${'0'.repeat(22)}`, { headers }),
  ];
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect(foreign.text).toBe(unknown.text);
  expect(foreign.text).toContain('<html');
});

it('is gone with its scan', async () => {
  const { scanId, path } = await begin();
  await finish(scanId);
  await server.send('POST', `/scans/${scanId}/share`, { key: caller.key, json: {} });
  expect((await server.send('DELETE', `/scans/${scanId}`, { key: caller.key })).status).toBe(204);
  for (const where of [path, `${path}/report.json`, `/scans/${scanId}`, `/scans/${scanId}/events`]) {
    expect((await server.send('GET', where, { key: caller.key })).status, where).toBe(404);
  }
  const left = [];
  for await (const { key } of server.deps.blobs.list(`accounts/${caller.accountId}/scans/${scanId}/`)) left.push(key);
  expect(left).toEqual([]);
});

it('lists scans in pages without a repeat', async () => {
  const pager = await server.addCaller();
  for (let n = 0; n < 5; n++) await server.send('POST', '/scans', { key: pager.key, json: NEW_SCAN });
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const query = next === '' ? '?limit=2' : `?limit=2&cursor=${next}`;
    const page = (await server.send('GET', `/scans${query}`, { key: pager.key })).json as {
      scans: { scanId: string }[];
      next: string | null;
    };
    seen.push(...page.scans.map(({ scanId }) => scanId));
    next = page.next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  expect((await server.send('GET', '/scans?cursor=nonsense', { key: pager.key })).status).toBe(422);
});

it('runs again only from where the vault lets it', async () => {
  const { scanId } = await begin();
  const rerun = (fromStep: string) =>
    server.send('POST', `/scans/${scanId}/rerun`, { key: caller.key, json: { fromStep } });
  expect((await rerun('render')).status).toBe(409);
  await asAccount(server.deps.db, caller.accountId, (tx) =>
    tx.update(scans).set({ status: 'complete', wrappedKey: null, placeholderKey: null, vaultClosedAt: new Date() }),
  );
  for (const step of ['ingest', 'scrub', 'validation']) {
    const answer = await rerun(step);
    expect([answer.status, errorBodySchema.parse(answer.json).error.code], step).toEqual([409, 'VAULT_CLOSED']);
  }
  expect((await rerun('synthesis')).status).toBe(202);
  expect((await rerun('no-step')).status).toBe(422);
});

it('takes this machine for its owner only where that is set, and not under another name', async () => {
  const local = await startTestServer({ REPORT_LOCAL_OWNER: '1' });
  try {
    const owner = await local.addCaller();
    const scan = createdScanSchema.parse((await local.send('POST', '/scans', { key: owner.key, json: NEW_SCAN })).json);
    const { pathname } = new URL(scan.reportUrl);
    expect((await local.send('GET', pathname)).status).toBe(200);
    const rebound = await new Promise<number>((resolve, reject) => {
      request(new URL(pathname, local.url), { headers: { Host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
    expect(rebound).toBe(404);
  } finally {
    await local.close();
  }
});
