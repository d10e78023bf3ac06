import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Consent } from '#shared/api.ts';
import type { Exchange, Header } from '#shared/exchange.ts';
import type { Auth, EndpointFacts, ValidationRun } from '#shared/report.ts';
import { validationSchema } from '#shared/report.ts';
import { CLIENTS } from '../../../clients/index.ts';
import { REPLAY_POLICY } from '../../../clients/policy.ts';
import { makeCertificates } from '../../../clients/testing/certificates.ts';
import { startOrigin, type LocalOrigin, type Seen } from '../../../clients/testing/origin.ts';
import { startEgressGuard, type EgressGuardOptions } from '../../../egress/guard.ts';
import { asRaw, asScrubbed } from '../../../scrubbing/brand.ts';
import { runValidation, VALIDATION_PARTS, type ValidationInput, type ValidationParts } from './run.ts';

const ITEMS = JSON.stringify({
  items: Array.from({ length: 5 }, (_, id) => ({ id, name: `Item ${id}`, price: id + 1 })),
});
const SECRET = 'session-secret-1234567890';

const closers: (() => Promise<unknown>)[] = [];
let caFile: string;
const certificates = makeCertificates(['127.0.0.1']);
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'validation-'));
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificates.authority);
  closers.push(() => rm(folder, { recursive: true }));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startSite(handle: (seen: Seen, response: ServerResponse) => void, tls = false): Promise<LocalOrigin> {
  const site = await startOrigin(handle, tls ? certificates : undefined);
  closers.push(() => site.close());
  return site;
}
const json = (response: ServerResponse, text = ITEMS, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
const noRobots = (seen: Seen, response: ServerResponse): boolean => {
  if (seen.url !== '/robots.txt') return false;
  response.writeHead(404).end();
  return true;
};

interface Endpoint {
  path: string;
  method?: string;
  kind?: EndpointFacts['kind'];
  bucket?: 'A' | 'B';
  auth?: Auth[];
  headers?: Header[];
  status?: number;
  body?: string;
}

function build(site: string, endpoints: readonly Endpoint[]) {
  const facts = endpoints.map(({ path, method = 'GET', kind = 'rest', auth = [] }, i): EndpointFacts => ({
    id: `e${i}`,
    method,
    origin: site,
    template: path.split('?', 1)[0] ?? path,
    kind,
    operation: null,
    party: 'first',
    statuses: [],
    parameters: [],
    requests: [],
    responses: [],
    auth,
    pagination: null,
    samples: 1,
    evidence: [`x${i}`],
  }));
  const exchanges = endpoints.map(
    ({ path, method = 'GET', headers = [], status = 200, body = ITEMS }, i): Exchange => ({
      id: `x${i}`,
      requestId: `${i}`,
      hop: 0,
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 10,
      resourceType: 'fetch',
      documentUrl: `${site}/`,
      frameId: null,
      initiator: { type: 'script' },
      request: {
        method,
        url: `${site}${path}`,
        headers: [
          [':authority', 'x'],
          ['user-agent', 'Recorded/1.0'],
          ['accept', 'application/json'],
          ['if-none-match', '"1"'],
          ...headers,
        ],
        body: null,
      },
      response: {
        status,
        statusText: '',
        headers: [['content-type', 'application/json']],
        mimeType: 'application/json',
        fromCache: null,
        body: { mimeType: 'application/json', bytes: body.length, text: body },
      },
      error: null,
      incomplete: null,
      redirectTo: null,
      preflightOf: null,
      serviceWorkerPair: null,
      action: null,
      messages: [],
    }),
  );
  const buckets = {
    endpoints: endpoints.map(({ bucket = 'A' }, i) => ({
      endpoint: `e${i}`,
      bucket,
      score: 100 - i,
      reason: 'asked for',
    })),
    coverage: [],
  };
  return { facts, exchanges, buckets };
}

interface Options {
  replay?: Consent['replay'] | null;
  guard?: Partial<EgressGuardOptions> | null;
  past?: ValidationRun[];
  policy?: Partial<ValidationParts['policy']>;
  signal?: AbortSignal;
}
async function validate(
  site: Pick<LocalOrigin, 'origin' | 'authority'>,
  endpoints: readonly Endpoint[],
  options: Options = {},
) {
  const { replay = 'anonymous', past = [] } = options;
  const egress =
    options.guard === null
      ? null
      : await startEgressGuard({
          allowPrivate: [site.authority],
          upstream: () => Promise.resolve(null),
          ...options.guard,
        });
  if (egress !== null) closers.push(() => egress.close());
  const { facts, exchanges, buckets } = build(site.origin, endpoints);
  const clock = { now: Date.parse('2026-02-01T00:00:00Z') };
  const appended: ValidationRun[] = [];
  const told: string[] = [];
  const input: ValidationInput = {
    scan: {
      scanId: '00000000-0000-4000-8000-000000000000',
      targetUrl: site.origin,
      intentText: '',
      starterTemplate: 'custom',
      consent: replay === null ? null : { entitled: true, replay, model: false },
      createdAt: '2026-02-01T00:00:00.000Z',
    },
    artifacts: {
      raw_exchanges: asRaw(exchanges),
      dictionary: asRaw([{ value: SECRET, type: 'token', placeholder: '{{token}}', propagate: true }]),
      clean_inventory: asScrubbed({
        endpoints: facts,
        dependencies: [],
        thirdParties: [],
        origins: [site.origin],
        leftOut: [],
      }),
      clean_protections: asScrubbed([]),
      buckets: asScrubbed(buckets),
    },
    ports: {
      egress,
      attempts: {
        past: () => Promise.resolve(past),
        append: (run) => {
          appended.push(run);
          return Promise.resolve();
        },
      },
    },
    signal: options.signal ?? new AbortController().signal,
    now: () => new Date(clock.now),
    progress: (message) => {
      told.push(message);
      return Promise.resolve();
    },
  };
  const parts: ValidationParts = {
    ...VALIDATION_PARTS,
    caFile,
    random: () => 0,
    sleep: (ms) => {
      clock.now += ms;
      return Promise.resolve();
    },
    policy: { ...REPLAY_POLICY, ...options.policy },
  };
  const validation = validationSchema.parse(await runValidation(parts, input));
  return { validation, appended, told, clock };
}
const paths = (site: LocalOrigin): string[] => site.seen.map(({ method, url }) => `${method} ${url}`);

test('names the plain client when it gets the recorded answer twice, and sends only what was recorded', async () => {
  const site = await startSite((seen, response) => void (noRobots(seen, response) || json(response)));
  const { validation, appended, told } = await validate(site, [{ path: '/api/items?q=1' }]);
  expect(validation).toMatchObject({
    performed: true,
    reason: null,
    tiers: ['none'],
    sufficient: [{ endpoint: 'e0', client: 'undici', tier: 'none', needsSession: false }],
  });
  expect(validation.clients.map(({ id }) => id)).toEqual(['undici', 'impit-chrome']);
  expect(paths(site)).toEqual(['GET /robots.txt', 'GET /api/items?q=1', 'GET /api/items?q=1']);
  expect(appended).toEqual(validation.runs);
  expect(appended.map(({ outcome, status, bytes }) => [outcome, status, bytes])).toEqual([
    ['same', 200, ITEMS.length],
    ['same', 200, ITEMS.length],
  ]);
  expect(told).toEqual(Array(2).fill('GET /api/items · Plain HTTP client: the same fields as in the recording'));
  const names = site.seen[1]?.headers.map(([name]) => name.toLowerCase());
  expect(names).toEqual(expect.arrayContaining(['user-agent', 'accept']));
  expect(names).not.toContain('if-none-match');
});

test('climbs to the browser-like client where the site wants HTTP/2', async () => {
  const site = await startSite((seen, response) => {
    if (noRobots(seen, response)) return;
    if (seen.httpVersion === '2.0') json(response);
    else response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Forbidden</h1>');
  }, true);
  const { validation } = await validate(site, [{ path: '/api/items' }]);
  expect(validation.sufficient).toMatchObject([{ client: 'impit-chrome', tier: 'none', needsSession: false }]);
  expect(validation.sufficient[0]?.reason).toContain('Before that, Plain HTTP client: refused with 403');
});

test('sends no cookie, credential or known secret without the session, and the recorded ones with it', async () => {
  const wantsCookie = (seen: Seen, response: ServerResponse) => {
    if (noRobots(seen, response)) return;
    if (seen.headers.some(([name, value]) => name.toLowerCase() === 'cookie' && value.includes(SECRET))) json(response);
    else json(response, '{"error":"login"}', 401);
  };
  const endpoint: Endpoint = {
    path: `/api/me?page=2&access_token=${SECRET}&pageToken=abc`,
    auth: [{ kind: 'cookie', in: 'cookie', name: 'sid', from: null }],
    headers: [
      ['cookie', `sid=${SECRET}`],
      ['authorization', `Bearer ${SECRET}`],
      ['x-device', SECRET],
      ['x-csrf-token', 'short'],
      ['x-page', '1'],
    ],
  };
  const anonymousSite = await startSite(wantsCookie);
  const anonymous = await validate(anonymousSite, [endpoint]);
  expect(anonymous.validation.sufficient).toMatchObject([{ client: null, needsSession: null }]);
  expect(anonymous.validation.sufficient[0]?.reason).toContain('replays with the session were not allowed');
  expect(paths(anonymousSite)).toEqual(['GET /robots.txt', 'GET /api/me?page=2&pageToken=abc']);
  expect(JSON.stringify(anonymousSite.seen)).not.toContain(SECRET);
  const names = anonymousSite.seen[1]?.headers.map(([name]) => name.toLowerCase());
  expect(names).toContain('x-page');
  expect(names).not.toContain('x-csrf-token');

  const site = await startSite(wantsCookie);
  const { validation, told } = await validate(site, [endpoint], { replay: 'session' });
  expect(validation.sufficient).toMatchObject([{ client: 'undici', needsSession: true }]);
  expect(validation.runs.map(({ session, outcome }) => [session, outcome])).toEqual([
    ['anonymous', 'login'],
    ['session', 'same'],
    ['session', 'same'],
  ]);
  expect(JSON.stringify([validation, told])).not.toContain(SECRET);
});

test('never repeats what may change something, nor pages, streams or other buckets', async () => {
  const site = await startSite((seen, response) => void (noRobots(seen, response) || json(response)));
  const { validation } = await validate(site, [
    { path: '/api/cart', method: 'POST' },
    { path: '/api/items/1', method: 'DELETE' },
    { path: '/account/logout' },
    { path: '/', kind: 'document' },
    { path: '/events', kind: 'sse' },
    { path: '/api/failed', status: 500 },
    { path: '/api/other', bucket: 'B' },
  ]);
  expect(site.seen).toEqual([]);
  expect(validation.sufficient.map(({ client }) => client)).toEqual(Array(6).fill(null));
  expect(validation.sufficient[0]?.reason).toBe(
    'Not tried: POST may change something on the site, so it is never repeated.',
  );
});

test.each([
  ['off', {}, 'Replays are switched off'],
  [null, {}, 'Nobody allowed replays'],
  ['anonymous', null, 'Nothing is sent to the site in this mode'],
] as const)('with consent %s and this egress it sends nothing and says why', async (replay, guard, reason) => {
  const site = await startSite((_seen, response) => void json(response));
  const { validation } = await validate(site, [{ path: '/api/items' }], { replay, guard });
  expect(validation).toMatchObject({ performed: false, runs: [], sufficient: [] });
  expect(validation.reason).toContain(reason);
  expect(site.seen).toEqual([]);
});

test('says that the guard refused a private target', async () => {
  const site = await startSite((_seen, response) => void json(response));
  const { validation } = await validate(site, [{ path: '/api/items' }], { guard: { allowPrivate: [] } });
  expect(validation.runs).toMatchObject([
    { outcome: 'refused-by-guard', reason: 'a loopback address; this server sends only to public sites' },
  ]);
  expect(validation.sufficient[0]?.reason).toContain('Refused by the egress guard: a loopback address');
  expect(site.seen).toEqual([]);
});

test('does what robots.txt asks', async () => {
  const site = await startSite((seen, response) => {
    if (seen.url === '/robots.txt') response.end('User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n');
    else json(response);
  });
  const { validation, clock } = await validate(site, [{ path: '/private/items' }, { path: '/api/items' }]);
  expect(validation.runs.map(({ endpoint, outcome }) => [endpoint, outcome])).toEqual([
    ['e0', 'not-tried'],
    ['e1', 'same'],
    ['e1', 'same'],
  ]);
  expect(paths(site)).toEqual(['GET /robots.txt', 'GET /api/items', 'GET /api/items']);
  expect(clock.now - Date.parse('2026-02-01T00:00:00Z')).toBe(14_000);
});

test('takes a robots.txt that fails for a no', async () => {
  const site = await startSite((_seen, response) => void response.writeHead(503).end());
  const { validation } = await validate(site, [{ path: '/api/items' }]);
  expect(validation.sufficient[0]?.reason).toBe(
    'Not tried: robots.txt could not be read (status 503), which counts as a no.',
  );
  expect(site.seen).toHaveLength(1);
});

test('leaves a host alone after 429', async () => {
  const site = await startSite((seen, response) => {
    if (noRobots(seen, response)) return;
    response.writeHead(429, { 'retry-after': '120' }).end();
  });
  const { validation } = await validate(site, [{ path: '/api/a' }, { path: '/api/b' }]);
  expect(paths(site)).toEqual(['GET /robots.txt', 'GET /api/a']);
  expect(validation.runs.map(({ outcome }) => outcome)).toEqual(['rate-limited', 'not-tried']);
  expect(validation.sufficient[1]?.reason).toContain('asks to wait 120 s');
});

test('leaves a host alone after refusals in a row, and sends no more than its limits', async () => {
  const site = await startSite((seen, response) => {
    if (!noRobots(seen, response)) response.writeHead(403).end('no');
  });
  const many = Array.from({ length: 9 }, (_, i): Endpoint => ({ path: `/api/${i}` }));
  const { validation } = await validate(site, many);
  expect(site.seen).toHaveLength(1 + REPLAY_POLICY.maxRefusals * 2);
  expect(validation.runs.filter(({ outcome }) => outcome === 'not-tried')).toHaveLength(6);
  const open = await startSite((seen, response) => void (noRobots(seen, response) || json(response)));
  const few = await validate(open, many, { policy: { maxEndpoints: 2 } });
  expect(open.seen).toHaveLength(1 + 4);
  expect(few.validation.sufficient[2]?.reason).toContain('only 2 endpoints are repeated');
});

test('goes on after the last attempt that was kept', async () => {
  const site = await startSite((seen, response) => void (noRobots(seen, response) || json(response)));
  const whole = await validate(site, [{ path: '/api/a' }, { path: '/api/b' }]);
  site.seen.length = 0;
  const resumed = await validate(site, [{ path: '/api/a' }, { path: '/api/b' }], { past: whole.appended.slice(0, 3) });
  expect(paths(site)).toEqual(['GET /robots.txt', 'GET /api/b']);
  expect(resumed.appended).toHaveLength(1);
  expect(resumed.validation.sufficient).toEqual(whole.validation.sufficient);
  expect(resumed.validation.runs).toHaveLength(4);
});

test('stops when told to', async () => {
  const site = await startSite((seen, response) => void (noRobots(seen, response) || json(response)));
  const stop = new AbortController();
  stop.abort(new Error('stopped by the runner'));
  await expect(validate(site, [{ path: '/api/a' }], { signal: stop.signal })).rejects.toThrow('stopped by the runner');
  expect(site.seen).toEqual([]);
});

test('the ladder names clients that exist', () => {
  expect(REPLAY_POLICY.ladder.filter((id) => !CLIENTS.some((client) => client.id === id))).toEqual([]);
});
