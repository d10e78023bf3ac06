import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createdScanSchema, captureAcceptedSchema } from '#shared/api.ts';
import { errorBodySchema } from '#shared/errors.ts';
import { splitHar } from '#shared/har-lines.ts';
import { asAccount } from '../db/client.ts';
import { readSegments } from '../db/run-rows.ts';
import { scans } from '../db/schema/index.ts';
import {
  gapLine,
  NEW_SCAN,
  packLines,
  startTestServer,
  withDigest,
  type TestAnswer,
  type TestCaller,
  type TestServer,
} from '../testing/api-server.ts';

let server: TestServer;
let caller: TestCaller;
let scanId: string;

beforeAll(async () => {
  server = await startTestServer({ SCAN_BYTES: '40000', JSON_BODY_BYTES: '20000', ONE_SHOT_BYTES: '100000' });
  caller = await server.addCaller();
});
afterAll(() => server.close());
beforeEach(async () => {
  scanId = createdScanSchema.parse(
    (await server.send('POST', '/scans', { key: caller.key, json: NEW_SCAN })).json,
  ).scanId;
});

const put = (
  n: number,
  segment: { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> },
): Promise<TestAnswer> => server.send('PUT', `/scans/${scanId}/segments/${n}`, { key: caller.key, ...segment });
const seal = (segments: unknown): Promise<TestAnswer> =>
  server.send('POST', `/scans/${scanId}/capture`, { key: caller.key, json: { segments } });
const codeOf = (answer: TestAnswer): string => errorBodySchema.parse(answer.json).error.code;
const held = () => asAccount(server.deps.db, caller.accountId, (tx) => readSegments(tx, scanId));
const entry = (n: number, { body, sha256 }: { body: Uint8Array; sha256: string }) => ({
  n,
  sha256,
  bytes: body.length,
});
const noise = (bytes: number): string => Buffer.from(server.deps.randomBytes(bytes)).toString('base64');

it('stores a segment once, however often it comes', async () => {
  const segment = packLines([gapLine(1)]);
  const answers = await Promise.all([put(0, segment), put(0, segment), put(0, segment)]);
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect((await put(0, segment)).status).toBe(204);
  const rows = await held();
  expect(rows.map(({ n, sha256, lines }) => ({ n, sha256, lines }))).toEqual([
    { n: 0, sha256: segment.sha256, lines: 1 },
  ]);
  const blobs = [];
  for await (const { key } of server.deps.blobs.list(`accounts/${caller.accountId}/scans/${scanId}/`)) blobs.push(key);
  expect(blobs).toEqual([rows[0]?.blobKey]);
});

it('refuses other bytes under the same number and keeps the first', async () => {
  const first = packLines([gapLine(1)]);
  expect((await put(0, first)).status).toBe(204);
  const second = await put(0, packLines([gapLine(2)]));
  expect([second.status, codeOf(second)]).toEqual([409, 'SEGMENT_CONFLICT']);
  expect((await held())[0]?.sha256).toBe(first.sha256);
});

it('lets one of two different segments win when they come at once', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map((count) => put(0, packLines([gapLine(count)]))));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409, 409, 409]);
  expect(await held()).toHaveLength(1);
});

it('keeps what was captured unreadable on disk', async () => {
  const secret = 'a-secret-nobody-may-read';
  expect((await put(0, packLines([{ ...gapLine(1), reason: secret }]))).status).toBe(204);
  const [row] = await held();
  const chunks: Uint8Array[] = [];
  for await (const chunk of await server.deps.blobs.get(row?.blobKey ?? ''))
    chunks.push(Uint8Array.from(chunk as Uint8Array));
  const stored = Buffer.concat(chunks);
  expect(stored.includes(secret)).toBe(false);
  expect(stored.subarray(0, 2)).not.toEqual(Buffer.from([0x1f, 0x8b]));
});

const bomb = (bytes: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(gzipSync(`{"k":"gap","t":1,"count":1,"reason":"${'x'.repeat(bytes)}"}\n`));
const whole = packLines([gapLine(1), gapLine(2)]).body;
const deep = `{"k":"event","t":1,"m":"Network.dataReceived","p":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}\n`;

it.each([
  ['no gzip', withDigest(new TextEncoder().encode('{"k":"gap"}\n')), 400, 'INVALID_GZIP'],
  ['a gzip that was cut', withDigest(whole.slice(0, whole.length - 9)), 400, 'INVALID_GZIP'],
  ['another digest than it has', { body: whole, headers: packLines([gapLine(3)]).headers }, 400, 'INVALID_SEGMENT'],
  ['no digest', { body: whole, headers: { 'Content-Type': 'application/gzip' } }, 422, 'INVALID_BODY'],
  ['a digest of another kind', { body: whole, headers: { 'Content-Digest': 'md5=:AAAA:' } }, 400, 'INVALID_SEGMENT'],
  [
    'another media type',
    { body: whole, headers: { ...withDigest(whole).headers, 'Content-Type': 'text/plain' } },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['a line that is no JSON', withDigest(Uint8Array.from(gzipSync('{"k":"gap"\n'))), 400, 'INVALID_SEGMENT'],
  ['a line of no known kind', packLines([{ k: 'nothing' }]), 400, 'INVALID_SEGMENT'],
  ['no line', withDigest(Uint8Array.from(gzipSync('\n\n'))), 400, 'INVALID_SEGMENT'],
  [
    'bad UTF-8',
    withDigest(Uint8Array.from(gzipSync(Buffer.from('{"k":"gap","t":1,"count":1,"reason":"\xff"}', 'latin1')))),
    400,
    'INVALID_SEGMENT',
  ],
  ['JSON a hundred thousand levels deep', withDigest(Uint8Array.from(gzipSync(deep))), 400, 'INVALID_SEGMENT'],
  ['a HAR mixed with a recording', packLines([gapLine(1), ...splitHar('{}')]), 400, 'INVALID_SEGMENT'],
  ['a bomb above the ratio', withDigest(bomb(6_000_000)), 413, 'TOO_LARGE'],
  ['a bomb of 300 MB', withDigest(bomb(300_000_000)), 413, 'TOO_LARGE'],
])('refuses %s and leaves nothing of it', async (_what, segment, status, code) => {
  const answer = await put(0, segment);
  expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  expect(await held()).toEqual([]);
  expect(await server.spooled()).toEqual([]);
});

it('refuses a segment above its limit, said beforehand or not', async () => {
  const large = withDigest(Uint8Array.from(server.deps.randomBytes(2_100_000)));
  expect(codeOf(await put(0, large))).toBe('TOO_LARGE');
  const streamed = new Blob([large.body]).stream();
  const answer = await server
    .send('PUT', `/scans/${scanId}/segments/0`, { key: caller.key, headers: large.headers, body: streamed })
    .catch(() => null);
  if (answer !== null) expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(await held()).toEqual([]);
});

it('repeats nothing of what it refuses', async () => {
  const answer = await put(0, packLines([{ k: 'event', t: 'hunter2-secret', p: 'hunter2-secret' }]));
  expect(answer.status).toBe(400);
  expect(answer.text).not.toContain('hunter2');
  expect(server.logged()).not.toContain('hunter2');
});

it('leaves nothing of an upload that broke off', async () => {
  const { body, headers } = packLines([{ ...gapLine(1), reason: noise(20_000) }]);
  const broken = new AbortController();
  const half = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(body.subarray(0, 5000)),
  });
  const sending = fetch(new URL(`/scans/${scanId}/segments/0`, server.url), {
    method: 'PUT',
    headers: { ...headers, Authorization: `Bearer ${caller.key}` },
    body: half,
    ...{ duplex: 'half' },
    signal: broken.signal,
  }).catch(() => null);
  await expect.poll(() => server.spooled()).toHaveLength(1);
  broken.abort();
  await sending;
  await expect.poll(() => server.spooled()).toEqual([]);
  expect(await held()).toEqual([]);
  expect((await put(0, { body, headers })).status).toBe(204);
});

it('refuses what goes beyond the limit of a scan, and keeps what came before', async () => {
  const segments = [0, 1, 2].map((n) => packLines([{ ...gapLine(n), reason: noise(18_000) }]));
  const answers = [];
  for (const [n, segment] of segments.entries()) answers.push(await put(n, segment));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 413]);
  expect(await held()).toHaveLength(2);
});

it('seals what arrived, once, and queues it in the same moment', async () => {
  const segments = [packLines([gapLine(1)]), packLines([gapLine(2)])];
  for (const [n, segment] of segments.entries()) await put(n, segment);
  const manifest = segments.map((segment, n) => entry(n, segment));
  const first = await seal(manifest);
  expect([first.status, captureAcceptedSchema.parse(first.json).status]).toEqual([202, 'queued']);
  const again = await seal(manifest);
  expect(again.json).toEqual(first.json);
  expect((await server.deps.queue.counts()).waiting).toBe(1);
  const late = await put(2, packLines([gapLine(3)]));
  expect([late.status, codeOf(late)]).toEqual([409, 'SCAN_STATE']);
  expect((await put(0, segments[0] ?? packLines([]))).status).toBe(204);
});

it('names what is missing, different or unexpected, and changes nothing', async () => {
  const [first, second] = [packLines([gapLine(1)]), packLines([gapLine(2)])];
  await put(0, first);
  await put(3, second);
  const answer = await seal([entry(0, second), entry(1, second), entry(2, second)]);
  expect(answer.status).toBe(409);
  expect(errorBodySchema.parse(answer.json).error).toMatchObject({
    code: 'CONFLICT',
    details: { missing: [1, 2], different: [0], extra: [3] },
  });
  const [row] = await asAccount(server.deps.db, caller.accountId, (tx) =>
    tx.select().from(scans).where(eq(scans.id, scanId)),
  );
  expect(row?.status).toBe('uploading');
  const hole = await seal([entry(0, first), entry(3, second)]);
  expect(errorBodySchema.parse(hole.json).error.details).toEqual({ missing: [1], different: [], extra: [] });
});

it('takes a HAR in pieces, and no recording after it', async () => {
  const har = packLines(splitHar(JSON.stringify({ log: { entries: [] } }), 10));
  expect((await put(0, har)).status).toBe(204);
  const mixed = await put(1, packLines([gapLine(1)]));
  expect([mixed.status, codeOf(mixed)]).toEqual([400, 'INVALID_SEGMENT']);
});

const HAR = { log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: [] } };
const ONE_SHOT = { targetUrl: 'https://shop.example/', intentText: 'products', starterTemplate: 'products' };

it('takes a whole HAR at once for a scan that was begun, again and again', async () => {
  const body = { ...ONE_SHOT, capture: { har: HAR } };
  const first = await server.send('POST', `/scans/${scanId}/capture`, { key: caller.key, json: body });
  expect([first.status, captureAcceptedSchema.parse(first.json).scanId]).toEqual([202, scanId]);
  const again = await server.send('POST', `/scans/${scanId}/capture`, { key: caller.key, json: body });
  expect(again.json).toEqual(first.json);
  const other = { ...ONE_SHOT, capture: { har: { log: { ...HAR.log, comment: 'another' } } } };
  expect((await server.send('POST', `/scans/${scanId}/capture`, { key: caller.key, json: other })).status).toBe(409);
});

it('begins a scan with a whole capture, one for each idempotency key', async () => {
  const request = {
    key: caller.key,
    headers: { 'Idempotency-Key': 'once' },
    json: { ...ONE_SHOT, capture: { entries: [gapLine(1)] } },
  };
  const [first, again] = [
    await server.send('POST', '/scans/new/capture', request),
    await server.send('POST', '/scans/new/capture', request),
  ];
  expect(first.status).toBe(202);
  expect(again.json).toEqual(first.json);
});

it.each([
  ['no JSON', { body: '{"capture":', headers: { 'Content-Type': 'application/json' } }, 400, 'INVALID_JSON'],
  ['another media type', { body: 'har', headers: { 'Content-Type': 'text/plain' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['neither form', { json: { ...ONE_SHOT } }, 422, 'INVALID_BODY'],
  [
    'entries that are no lines',
    { json: { ...ONE_SHOT, capture: { entries: [{ k: 'nothing' }] } } },
    422,
    'INVALID_BODY',
  ],
  ['more than its limit', { json: { ...ONE_SHOT, capture: { har: { pad: 'x'.repeat(120_000) } } } }, 413, 'TOO_LARGE'],
])('refuses a whole capture that is %s', async (_what, request, status, code) => {
  const answer = await server.send('POST', `/scans/${scanId}/capture`, { key: caller.key, ...request });
  expect([answer.status, codeOf(answer)]).toEqual([status, code]);
});

it('gives the same scan for the same idempotency key and refuses another body under it', async () => {
  const send = (json: unknown) =>
    server.send('POST', '/scans', { key: caller.key, headers: { 'Idempotency-Key': 'k1' }, json });
  const answers = await Promise.all([send(NEW_SCAN), send(NEW_SCAN), send(NEW_SCAN)]);
  expect(new Set(answers.map(({ json }) => createdScanSchema.parse(json).scanId)).size).toBe(1);
  const other = await send({ ...NEW_SCAN, intentText: 'something else' });
  expect([other.status, codeOf(other)]).toEqual([409, 'CONFLICT']);
});

it('answers with one error shape that names the request', async () => {
  const answer = await server.send('POST', '/scans', {
    key: caller.key,
    headers: { 'X-Request-Id': 'request-12345' },
    json: { ...NEW_SCAN, targetUrl: 'file:///etc/passwd' },
  });
  expect(answer.status).toBe(422);
  const { error } = errorBodySchema.parse(answer.json);
  expect(error).toMatchObject({ code: 'INVALID_BODY', requestId: 'request-12345' });
  expect(error.details).toEqual([expect.objectContaining({ path: 'body.targetUrl' })]);
  expect(answer.text).not.toContain('passwd');
  expect((await server.send('GET', '/nothing/here')).status).toBe(404);
  const large = await server.send('POST', '/scans', {
    key: caller.key,
    json: { ...NEW_SCAN, intentText: 'x'.repeat(30_000) },
  });
  expect(codeOf(large)).toBe('TOO_LARGE');
});

it('tells old clients to upgrade, and lets them finish', async () => {
  const headers = { 'X-Recon-Client': 'extension/0.2.9' };
  const begin = await server.send('POST', '/scans', { key: caller.key, headers, json: NEW_SCAN });
  expect([begin.status, codeOf(begin)]).toEqual([410, 'CLIENT_TOO_OLD']);
  expect((await server.send('POST', `/scans/${scanId}/complete`)).status).toBe(410);
  const segment = packLines([gapLine(1)]);
  expect((await put(0, { body: segment.body, headers: { ...segment.headers, ...headers } })).status).toBe(204);
});
