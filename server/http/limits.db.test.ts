import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorBodySchema } from '#shared/errors.ts';
import { EXTENSION_ID } from '#shared/version.ts';
import { issueCode } from '../accounts/issue-code.ts';
import { startTestServer, type TestServer } from '../testing/api-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    REQUESTS_PER_MINUTE: '5',
    CONNECTS_PER_MINUTE_IP: '4',
    REQUESTS_PER_MINUTE_IP: '40',
  });
});
afterAll(() => server.close());

it('admits as many requests a key as it says and tells when to come again', async () => {
  const [flooding, other] = [await server.addCaller(), await server.addCaller()];
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      server.send('GET', '/scans', { key: flooding.key, headers: { 'X-Forwarded-For': `203.0.113.${n}` } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
  const refused = answers.find(({ status }) => status === 429);
  expect(errorBodySchema.parse(refused?.json).error.code).toBe('RATE_LIMITED');
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused?.headers.get('ratelimit-limit')).toBe('5');
  expect((await server.send('GET', '/scans', { key: other.key })).status).toBe(200);
});

it('changes a code into a key once, and lets nobody guess', async () => {
  const { accountId } = await server.addCaller();
  const { code } = await issueCode(server.deps, accountId);
  const connect = (typed: string) => server.send('POST', '/connect', { json: { code: typed } });
  const first = await connect(` ${code.toLowerCase().replace('-', ' ')} `);
  expect(first.status).toBe(200);
  const { key } = first.json as { key: string };
  expect((await server.send('GET', '/keys', { key })).status).toBe(200);
  expect((await connect(code)).status).toBe(401);
  const { code: late } = await issueCode({ ...server.deps, now: () => new Date(Date.now() - 6 * 60_000) }, accountId);
  expect((await connect(late)).status).toBe(401);
  await connect('AAAAA-AAAAA');
  expect((await connect('BBBBB-BBBBB')).status).toBe(429);
});

it('lets only known origins read its answers', async () => {
  const ask = async (origin: string) =>
    (await server.send('GET', '/version', { headers: { Origin: origin } })).headers.get('access-control-allow-origin');
  expect(await ask('https://evil.example')).toBeNull();
  expect(await ask(`chrome-extension://${'a'.repeat(32)}`)).toBeNull();
  expect(await ask(`chrome-extension://${EXTENSION_ID}`)).toBe(`chrome-extension://${EXTENSION_ID}`);
});

it('says that it is ready only while it is', async () => {
  expect((await server.send('GET', '/readyz')).json).toEqual({ ok: true });
  expect((await server.send('GET', '/metrics')).text).toContain('recon_http_requests_total{');
});
