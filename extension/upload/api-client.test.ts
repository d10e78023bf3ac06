import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApiClient, kindOfStatus, readRetryAfter } from './api-client.ts';
import { freezeSegment, packLines } from './segments.ts';

const SCAN = '3f1c1f3e-9a55-4a80-9d5c-0f6d0a1b2c3d';
let answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void = () => undefined;
let address = '';
let close: () => Promise<void>;

beforeEach(async () => {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      answer(request, response, Buffer.concat(parts));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
  close = () =>
    new Promise(
      (resolve) =>
        void server.close(() => {
          resolve();
        }),
    );
});
afterEach(() => close());

const client = () => createApiClient({ server: address, key: 'rec_live_x', fetch });
const reply = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  answer = (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
};

it('sends a segment with key, digest and client version, and no cookies', async () => {
  const segment = await freezeSegment(4, packLines([{ k: 'gap' }]).chunks);
  let seen: {
    method?: string | undefined;
    url?: string | undefined;
    headers: IncomingMessage['headers'];
    body: Buffer;
  } | null = null;
  answer = (request, response, body) => {
    seen = { method: request.method, url: request.url, headers: request.headers, body };
    response.writeHead(204).end();
  };
  expect(await client().putSegment(SCAN, segment)).toEqual({ ok: true, value: null });
  expect(seen).toMatchObject({
    method: 'PUT',
    url: `/scans/${SCAN}/segments/4`,
    headers: {
      authorization: 'Bearer rec_live_x',
      'content-digest': `sha-256=:${segment.digest}:`,
      'content-type': 'application/gzip',
    },
  });
  expect(seen).toMatchObject({ body: Buffer.from(segment.data) });
  expect(seen).toHaveProperty(['headers', 'x-recon-client'], expect.stringMatching(/^extension\/\d+\.\d+\.\d+$/));
});

it('tells failures apart, in the server’s words', async () => {
  reply(
    429,
    { error: { code: 'RATE_LIMITED', message: 'Too many requests.', requestId: 'q' } },
    { 'Retry-After': '7' },
  );
  expect(await client().version()).toEqual({
    ok: false,
    failure: { kind: 'busy', message: 'Too many requests.', status: 429, retryAfterMs: 7000 },
  });
  reply(410, { error: { code: 'CLIENT_TOO_OLD', message: 'Update.', requestId: 'q' } });
  expect(await client().version()).toMatchObject({ failure: { kind: 'too-old' } });
  reply(410, { error: { code: 'GONE', message: 'Erased.', requestId: 'q' } });
  expect(await client().version()).toMatchObject({ failure: { kind: 'gone' } });
  reply(500, 'not json at all');
  expect(await client().version()).toMatchObject({ failure: { kind: 'busy', message: 'The server answered 500.' } });
});

it('does not take an answer it does not understand, nor follow a redirect with the key', async () => {
  reply(200, { something: 'else' });
  expect(await client().version()).toMatchObject({ failure: { kind: 'unreadable' } });
  reply(302, {}, { Location: 'http://127.0.0.1:9/' });
  expect(await client().version()).toMatchObject({ failure: { kind: 'offline' } });
});

it('knows when nobody answers', async () => {
  await close();
  close = () => Promise.resolve();
  expect(await client().templates()).toMatchObject({ ok: false, failure: { kind: 'offline', status: null } });
});

it('reads statuses and Retry-After', () => {
  expect([401, 403, 404, 409, 410, 413, 422, 429, 503, 507].map(kindOfStatus)).toEqual([
    'key',
    'key',
    'gone',
    'refused',
    'too-old',
    'limit',
    'refused',
    'busy',
    'busy',
    'busy',
  ]);
  expect(
    [null, '3', 'nonsense', new Date(5000).toUTCString(), '999999'].map((value) => readRetryAfter(value, 1000)),
  ).toEqual([null, 3000, null, 4000, 3_600_000]);
});
