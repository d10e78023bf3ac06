import { VERSION } from '#shared/version.ts';
import type { Report, ValidationRun } from '#shared/report.ts';
import { asScrubbed, type Scrubbed } from '../scrubbing/brand.ts';
import { buildShopEndpoints } from './shop-endpoints.ts';
import { buildShopExchanges } from './shop-exchanges.ts';

const AT = '2026-11-20T10:00:00.000Z';

const text = (value: string) => ({ text: value, source: 'rule' as const });

export const buildRun = (
  over: Partial<ValidationRun> & Pick<ValidationRun, 'endpoint' | 'client' | 'outcome'>,
): ValidationRun => ({
  exchange: 'x2',
  tier: 'none',
  session: 'anonymous',
  status: 200,
  durationMs: 84,
  bytes: 4120,
  reason: 'Every part of the recorded answer is there.',
  at: AT,
  ...over,
});

export const PLAIN = 'plain-fetch';
const BROWSER_LIKE = 'impit-chrome';

export function buildShopReport(over: Partial<Report> = {}): Scrubbed<Report> {
  const report: Report = {
    format: 1,
    scanId: '0197f0a0-1111-4222-8333-444455556666',
    createdAt: AT,
    target: { url: 'https://shop.example/', origin: 'https://shop.example', site: 'shop.example' },
    intent: { text: 'Search products, get price and reviews', template: 'products' },
    consent: { entitled: true, replay: 'anonymous', model: false },
    verdict: {
      sentence: 'Yes: a plain HTTP client gets products, search and reviews without logging in.',
      difficulty: {
        score: 24,
        word: 'easy',
        parts: [
          {
            name: 'Protection',
            points: 12,
            reason: 'Cloudflare looks at the client; it stopped nothing during the visit.',
          },
          { name: 'Session', points: 0, reason: 'No log-in is needed.' },
          { name: 'Paging', points: 6, reason: 'Lists come in pages of 20.' },
          { name: 'Completeness', points: 6, reason: '2 of 9 answers were recorded without a body.' },
        ],
      },
      client: PLAIN,
      tier: 'none',
    },
    recommendation: {
      client: 'A plain HTTP client (fetch, urllib, curl)',
      tier: 'Your own network; no proxy is needed',
      session: 'None',
      pace: 'One request every 2 seconds',
      reasons: ['4 of 4 endpoints gave a plain client the same answer as your browser.'],
      risks: ['Cloudflare may ask for a check when many requests come from one address.'],
    },
    notes: [text('Prices are in the currency of the visitor.')],
    costDrivers: [
      { name: 'Requests per 1,000 products', value: 50, unit: 'requests', effect: 'Lists give 20 products a request.' },
      {
        name: 'Bytes per answer',
        value: 4120,
        unit: 'bytes',
        effect: 'Traffic grows with it; proxies are paid by the byte.',
      },
    ],
    coverage: [
      { term: 'search', covered: true, endpoints: ['e4'] },
      { term: 'price', covered: true, endpoints: ['e1', 'e2'] },
      { term: 'reviews', covered: true, endpoints: ['e3'] },
      { term: 'stock', covered: false, endpoints: [] },
    ],
    actions: [
      {
        id: 'a1',
        at: '2026-11-20T09:58:03.000Z',
        type: 'click',
        role: 'button',
        name: 'Load more',
        path: 'main > button',
        url: 'https://shop.example/',
        exchanges: ['x5'],
      },
    ],
    protections: [
      {
        vendor: 'cloudflare',
        name: 'Cloudflare',
        category: 'cdn',
        presence: 0.99,
        active: { count: 0, kind: 'none' },
        passed: false,
        scope: 'first-party',
        severity: 2,
        evidence: [
          { exchange: 'x1', place: 'response-header', name: 'cf-ray' },
          { exchange: 'x1', place: 'set-cookie', name: '__cf_bm' },
        ],
        meaning:
          'All traffic passes through Cloudflare. It scores the client and can ask for a check; it did not during this visit.',
      },
      {
        vendor: 'recaptcha',
        name: 'reCAPTCHA',
        category: 'captcha',
        presence: 0.8,
        active: { count: 0, kind: 'none' },
        passed: false,
        scope: 'third-party',
        severity: 1,
        evidence: [{ exchange: 'x8', place: 'script-url', name: 'recaptcha/api.js' }],
        meaning: 'Loaded by a widget of another company; the endpoints above do not use it.',
      },
    ],
    endpoints: buildShopEndpoints(),
    dependencies: [
      { from: 'e1', to: 'e2', path: '$.items[].id', into: 'path:productId', evidence: [{ from: 'x2', to: 'x3' }] },
      { from: 'e1', to: 'e3', path: '$.items[].id', into: 'path:productId', evidence: [{ from: 'x2', to: 'x4' }] },
      { from: 'e3', to: 'e3', path: '$.next', into: 'query:cursor', evidence: [{ from: 'x4', to: 'x9' }] },
      {
        from: 'e6',
        to: 'e5',
        path: 'header:x-csrf-token',
        into: 'header:x-csrf-token',
        evidence: [{ from: 'x1', to: 'x7' }],
      },
    ],
    thirdParties: [{ host: 'www.google-analytics.com', company: 'Google', category: 'analytics', requests: 4 }],
    origins: ['https://shop.example'],
    validation: {
      performed: true,
      reason: null,
      clients: [
        { id: PLAIN, name: 'Plain HTTP client' },
        { id: BROWSER_LIKE, name: 'Browser-like client' },
      ],
      tiers: ['none', 'datacenter'],
      runs: [
        buildRun({ endpoint: 'e1', client: PLAIN, outcome: 'same' }),
        buildRun({ endpoint: 'e2', client: PLAIN, outcome: 'same', exchange: 'x3', bytes: 310 }),
        buildRun({
          endpoint: 'e3',
          client: PLAIN,
          outcome: 'challenge',
          status: 403,
          exchange: 'x4',
          reason: 'Cloudflare asked for a check (cf-mitigated).',
        }),
        buildRun({ endpoint: 'e3', client: BROWSER_LIKE, outcome: 'same', exchange: 'x4' }),
        buildRun({ endpoint: 'e4', client: PLAIN, outcome: 'same', exchange: 'x6' }),
        buildRun({
          endpoint: 'e4',
          client: PLAIN,
          tier: 'datacenter',
          outcome: 'not-tried',
          status: null,
          durationMs: null,
          bytes: null,
          exchange: 'x6',
          reason: 'The cheaper network was enough.',
        }),
      ],
      sufficient: [
        {
          endpoint: 'e1',
          client: PLAIN,
          tier: 'none',
          needsSession: false,
          reason: 'The plain client got the same answer without cookies.',
        },
        {
          endpoint: 'e2',
          client: PLAIN,
          tier: 'none',
          needsSession: false,
          reason: 'The plain client got the same answer without cookies.',
        },
        {
          endpoint: 'e3',
          client: BROWSER_LIKE,
          tier: 'none',
          needsSession: false,
          reason: 'The plain client met a check; the browser-like one did not.',
        },
        {
          endpoint: 'e4',
          client: PLAIN,
          tier: 'none',
          needsSession: false,
          reason: 'The plain client got the same answer without cookies.',
        },
      ],
    },
    conversion: {
      entries: 14,
      kept: 9,
      leftOut: [{ reason: 'image, kept by hash only', count: 5, items: ['x10', 'x11', 'x12'] }],
    },
    completeness: {
      checked: true,
      browserRequests: 14,
      recorded: 14,
      withBody: 12,
      missing: [{ reason: 'lost-navigation', count: 2 }],
      gaps: [],
    },
    scrubbing: {
      values: 6,
      types: [
        { type: 'cookie', values: 4, replacements: 31 },
        { type: 'email', values: 2, replacements: 5 },
      ],
    },
    starters: [],
    timeline: buildShopExchanges().map((exchange, index) => ({
      exchange: exchange.id,
      startMs: index * 240,
      durationMs: 90 + index * 12,
      method: exchange.request.method,
      label: new URL(exchange.request.url).pathname,
      status: exchange.response?.status ?? null,
      resourceType: exchange.resourceType,
      endpoint:
        ({ x1: 'e6', x2: 'e1', x3: 'e2', x4: 'e3', x5: 'e1', x6: 'e4', x7: 'e5' } as Record<string, string>)[
          exchange.id
        ] ?? null,
    })),
    limits: [
      {
        step: 'capture',
        text: '2 answers were lost when the page was left; their requests are documented without a body.',
      },
    ],
    model: { used: false, name: null, tokens: 0, reason: 'You chose not to use a model.' },
    versions: {
      server: VERSION,
      steps: {
        ingest: 1,
        detection: 1,
        analysis: 1,
        scrub: 1,
        intent_filter: 1,
        validation: 1,
        synthesis: 1,
        render: 1,
      },
    },
    ...over,
  };
  return asScrubbed(report);
}
