import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createdScanSchema } from '#shared/api.ts';
import { errorBodySchema } from '#shared/errors.ts';
import { buildOpenApiDocument } from './openapi-document.ts';
import {
  gapLine,
  NEW_SCAN,
  packLines,
  startTestServer,
  type TestCaller,
  type TestRequest,
  type TestServer,
} from '../testing/api-server.ts';

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ security: z.array(z.unknown()).optional() }))),
});
const ROUTES = Object.entries(documentSchema.parse(buildOpenApiDocument()).paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    needsKey: operation.security !== undefined,
    ofScan: path.startsWith('/scans/{id}') && operation.security !== undefined,
    ofReport: path.startsWith('/r/{slug}'),
  })),
);

const segment = packLines([gapLine(1)]);
/** A body that each route accepts, so that what is refused is refused for who asks. */
const BODIES: Record<string, TestRequest> = {
  'POST /connect': { json: { code: 'AAAAA-AAAAA' } },
  'POST /keys': { json: { name: 'another' } },
  'POST /scans': { json: NEW_SCAN },
  'POST /scans/{id}/rerun': { json: { fromStep: 'render' } },
  'PUT /scans/{id}/segments/{n}': { body: segment.body, headers: segment.headers },
  'POST /scans/{id}/capture': { json: { segments: [{ n: 0, sha256: segment.sha256, bytes: segment.body.length }] } },
  'POST /scans/{id}/share': { json: {} },
};

let server: TestServer;
let owner: TestCaller;
let other: TestCaller;
let revoked: TestCaller;
let scanId: string;
let slug: string;

const fill = (path: string, scan: string, report: string): string =>
  path
    .replace('{id}', scan)
    .replace('{n}', '0')
    .replace('{keyId}', owner.keyId)
    .replace('{slug}', report)
    .replace('{language}', 'typescript')
    .replace('{file}', 'report.json');

beforeAll(async () => {
  server = await startTestServer();
  [owner, other, revoked] = [await server.addCaller(), await server.addCaller(), await server.addCaller()];
  const revoking = await server.send('DELETE', `/keys/${revoked.keyId}`, { key: revoked.key });
  expect(revoking.status).toBe(204);
  const created = createdScanSchema.parse(
    (await server.send('POST', '/scans', { key: owner.key, json: NEW_SCAN })).json,
  );
  scanId = created.scanId;
  slug = created.reportUrl.split('/r/')[1] ?? '';
});
afterAll(() => server.close());

it('covers every route that has a body', () => {
  expect(ROUTES.length).toBeGreaterThan(20);
  for (const name of Object.keys(BODIES)) expect(ROUTES.map((route) => route.name)).toContain(name);
});

describe.each(ROUTES.filter(({ needsKey }) => needsKey))('$name', ({ name, method, path }) => {
  it.each([
    ['no key', undefined],
    ['a revoked key', 'revoked'],
    ['a malformed key', 'rec_live_nonsense'],
    ['an unknown key', 'rec_live_00000000000000000000000000000000000_000000'],
  ])('refuses %s with 401', async (_who, key) => {
    const answer = await server.send(method, fill(path, scanId, slug), {
      ...BODIES[name],
      ...(key === undefined ? {} : { key: key === 'revoked' ? revoked.key : key }),
    });
    expect(answer.status).toBe(401);
    expect(errorBodySchema.parse(answer.json).error.code).toBe('UNAUTHENTICATED');
  });
});

describe.each(ROUTES.filter(({ ofScan }) => ofScan))('$name', ({ name, method, path }) => {
  it('answers alike for a foreign scan, an unknown one and an id that is none', async () => {
    const answers = [];
    for (const id of [scanId, randomUUID(), 'not-an-id']) {
      answers.push(await server.send(method, fill(path, id, slug), { ...BODIES[name], key: other.key }));
    }
    for (const answer of answers) expect(answer.status).toBe(404);
    const [foreign, unknown] = answers.map(({ json }) => errorBodySchema.parse(json).error);
    expect({ ...foreign, requestId: '' }).toEqual({ ...unknown, requestId: '' });
  });
});

it('revokes no key of another account', async () => {
  const answer = await server.send('DELETE', `/keys/${owner.keyId}`, { key: other.key });
  expect(answer.status).toBe(404);
  expect((await server.send('GET', '/keys', { key: owner.key })).status).toBe(200);
});

it('lists nothing of another account', async () => {
  expect((await server.send('GET', '/scans', { key: other.key })).json).toEqual({ scans: [], next: null });
  const keys = await server.send('GET', '/keys', { key: other.key });
  expect(keys.text).not.toContain(owner.keyId);
});

describe.each(ROUTES.filter(({ ofReport }) => ofReport))('$name', ({ method, path }) => {
  it('is not there for a stranger, another account, a revoked key or an unknown slug', async () => {
    const bodies = new Set<string>();
    for (const [key, report] of [
      [undefined, slug],
      [other.key, slug],
      [revoked.key, slug],
      [owner.key, '0'.repeat(22)],
    ] as const) {
      const answer = await server.send(method, fill(path, scanId, report), key === undefined ? {} : { key });
      expect(answer.status).toBe(404);
      bodies.add(JSON.stringify({ ...errorBodySchema.parse(answer.json).error, requestId: '' }));
    }
    expect(bodies.size).toBe(1);
  });
});

it('refuses what a key has no scope for', async () => {
  const admin = await server.addCaller(['admin']);
  expect((await server.send('GET', '/scans', { key: admin.key })).status).toBe(403);
  const escalation = await server.send('POST', '/keys', {
    key: owner.key,
    json: { name: 'more', scopes: ['scan', 'admin'] },
  });
  expect(escalation.status).toBe(403);
});

it('leaves no key in its log', () => {
  expect(server.logged()).toContain('"route":"/scans/:id"');
  for (const { key } of [owner, other, revoked]) expect(server.logged()).not.toContain(key);
});
