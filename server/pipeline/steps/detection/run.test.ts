import { expect, test } from 'vitest';
import type { Exchange } from '#shared/exchange.ts';
import { protectionSchema } from '#shared/report.ts';
import { valueShapes } from '../../../protection/shapes.ts';
import { asRaw, asScrubbed } from '../../../scrubbing/brand.ts';
import { detectionStep } from './index.ts';

const exchange = (status: number, headers: Exchange['request']['headers']): Exchange => ({
  id: 'x0',
  requestId: '1',
  hop: 0,
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  resourceType: 'document',
  documentUrl: null,
  frameId: null,
  initiator: { type: 'other' },
  request: { method: 'GET', url: 'https://shop.example/', headers: [], body: null },
  response: { status, statusText: '', headers, mimeType: 'text/html', fromCache: null, body: null },
  error: null,
  incomplete: null,
  redirectTo: null,
  preflightOf: null,
  serviceWorkerPair: null,
  action: null,
  messages: [],
});

const run = (exchanges: Exchange[]) =>
  detectionStep.run({
    scan: {
      scanId: '00000000-0000-4000-8000-000000000000',
      targetUrl: 'https://shop.example/',
      intentText: '',
      starterTemplate: 'custom',
      consent: null,
      createdAt: '2026-01-01T00:00:00.000Z',
    },
    artifacts: {
      exchanges: asScrubbed(exchanges),
      value_shapes: asScrubbed(exchanges.flatMap((one) => valueShapes(asRaw(one)))),
    },
    ports: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    progress: () => Promise.resolve(),
  });

test('writes what was found and says it in one line', async () => {
  const { artifacts, message, metadata } = await run([
    exchange(403, [
      ['cf-mitigated', 'challenge'],
      ['set-cookie', 'datadome=1'],
      ['via', '1.1 abc.cloudfront.net (CloudFront)'],
    ]),
  ]);
  expect(artifacts.protections.map((one) => protectionSchema.parse(one).vendor)).toEqual([
    'cloudflare',
    'datadome',
    'cloudfront',
  ]);
  expect(message).toBe('Cloudflare challenged or refused requests; DataDome present; delivered by Amazon CloudFront');
  expect(metadata).toEqual({ protections: 3, active: 1 });
});

test('says so when nothing shows', async () => {
  expect((await run([exchange(200, [['server', 'nginx']])])).message).toBe('No known protection shows');
  expect((await run([])).artifacts.protections).toEqual([]);
});
