import type { Exchange } from '#shared/exchange.ts';
import type { JsonSchema } from '#shared/json-schema.ts';
import type { Report } from '#shared/report.ts';
import { asScrubbed, type Scrubbed } from '../scrubbing/brand.ts';
import { buildEndpoint, buildParameter } from './shop-endpoints.ts';
import { buildExchange } from './shop-exchanges.ts';
import { PLAIN, buildRun, buildShopReport } from './shop-report.ts';

/** Text that a site could put anywhere, chosen to break out of every language that is written here. */
export const HOSTILE_TEXTS: readonly string[] = [
  '</script><script>window.hit=1</script>',
  '<img src=x onerror=window.hit=1>',
  '"><svg onload=window.hit=1>',
  "' onmouseover='window.hit=1",
  'javascript:window.hit=1',
  '*/ throw new Error("hit"); /*',
  '${process.exit(41)}',
  '`${process.exit(41)}`',
  '"; process.exit(41); "',
  '"""\nimport os; os._exit(41)\n"""',
  "'''\nimport os; os._exit(41)\n'''",
  'line\nprocess.exit(41)',
  'line\r\nraise SystemExit(41)',
  'sep\u2028process.exit(41)\u2029end',
  '\\',
  '\\"); process.exit(41); ("',
  '{{constructor.constructor("x")()}}',
  '$(touch /tmp/hit)`touch /tmp/hit`',
  '-->]]><!--',
  '| a | b |\n# heading\n[x](javascript:1)',
  '&#106;avascript: %00 \u0000 \u0007',
  '\ud800 lone \udfff surrogates',
  '\u202Eright to left\u200B zero width \uFEFF',
  '😀 ünïcode 漢字',
  '__proto__',
  '{braces}',
  '',
];

/** The shop with one text in every place where captured text can stand. */
export function buildHostileReport(hostile: string): Scrubbed<Report> {
  const base = buildShopReport();
  const schema: JsonSchema = {
    type: 'object',
    title: hostile,
    description: hostile,
    properties: {
      [hostile]: { type: 'string', enum: [hostile], examples: [hostile] },
      ok: { type: 'string', format: hostile },
    },
    required: [hostile],
  };
  const payload = { mediaType: 'application/json', schema, samples: 1, example: { [hostile]: hostile } };
  const evil = buildEndpoint({
    id: 'e90',
    method: 'GET',
    origin: 'http://127.0.0.1:9',
    template: `/x/${hostile.replaceAll('/', '')}/{${hostile.replace(/[{}/]/g, '') || 'id'}}`,
    operation: hostile,
    parameters: [
      buildParameter({ name: hostile, in: 'query', required: true, examples: [hostile], evidence: [hostile] }),
      buildParameter({ name: hostile, in: 'header', examples: [hostile] }),
      buildParameter({
        name: 'ok',
        in: 'query',
        examples: [hostile],
        schema: { type: 'string', description: hostile },
      }),
    ],
    requests: [payload],
    responses: [{ status: 200, payloads: [payload, { ...payload, mediaType: hostile }] }],
    auth: [
      { kind: 'api-key', in: 'header', name: hostile, from: null },
      { kind: 'csrf', in: 'query', name: hostile, from: null },
      { kind: 'cookie', in: 'cookie', name: hostile, from: null },
    ],
    pagination: { style: 'page', parameter: hostile, evidence: [] },
    reason: hostile,
    name: { text: hostile, source: 'rule' },
    summary: { text: hostile, source: 'model' },
    tag: hostile,
    appearsWhen: [hostile],
    evidence: ['x90'],
  });
  return buildShopReport({
    target: { url: hostile, origin: 'https://shop.example', site: hostile },
    intent: { text: hostile, template: 'custom' },
    verdict: {
      ...base.verdict,
      sentence: hostile,
      difficulty: { score: 50, word: 'hard', parts: [{ name: hostile, points: 50, reason: hostile }] },
    },
    recommendation: {
      client: hostile,
      tier: hostile,
      session: hostile,
      pace: hostile,
      reasons: [hostile],
      risks: [hostile],
    },
    notes: [{ text: hostile, source: 'model' }],
    costDrivers: [{ name: hostile, value: 1, unit: hostile, effect: hostile }],
    coverage: [{ term: hostile, covered: false, endpoints: [] }],
    actions: [
      {
        id: 'a1',
        at: '2026-11-20T10:00:00.000Z',
        type: 'click',
        role: hostile,
        name: hostile,
        path: hostile,
        url: hostile,
        exchanges: ['x1'],
      },
    ],
    protections: [
      {
        ...(base.protections[0] ?? never()),
        vendor: hostile,
        name: hostile,
        meaning: hostile,
        evidence: [{ exchange: 'x1', place: 'body', name: hostile, note: hostile }],
      },
    ],
    endpoints: [evil, { ...evil, id: 'e91', origin: `https://${hostile}`, method: 'POST' }, ...base.endpoints],
    dependencies: [{ from: 'e90', to: 'e91', path: hostile, into: hostile, evidence: [] }],
    thirdParties: [{ host: hostile, company: hostile, category: hostile, requests: 1 }],
    validation: {
      ...base.validation,
      clients: [{ id: PLAIN, name: hostile }],
      runs: [buildRun({ endpoint: 'e90', client: PLAIN, outcome: 'challenge', reason: hostile })],
      sufficient: [{ endpoint: 'e90', client: null, tier: null, needsSession: null, reason: hostile }],
    },
    conversion: { entries: 1, kept: 0, leftOut: [{ reason: hostile, count: 1, items: [hostile] }] },
    completeness: {
      ...base.completeness,
      missing: [{ reason: hostile, count: 1 }],
      gaps: [{ reason: hostile, count: 1 }],
    },
    scrubbing: { values: 1, types: [{ type: hostile, values: 1, replacements: 1 }] },
    starters: [{ language: 'typescript', filename: hostile, code: hostile, run: hostile }],
    timeline: [
      {
        exchange: 'x1',
        startMs: 0,
        durationMs: 1,
        method: hostile,
        label: hostile,
        status: 200,
        resourceType: hostile,
        endpoint: 'e90',
      },
    ],
    limits: [{ step: 'capture', text: hostile }],
    model: { used: true, name: hostile, tokens: 1, reason: hostile },
  });
}

function never(): never {
  throw new Error('the shop has protections');
}

/** Exchanges to go with the hostile report. */
export const buildHostileExchanges = (hostile: string): Scrubbed<Exchange[]> =>
  asScrubbed([
    buildExchange('x90', 'GET', `http://127.0.0.1:9/x/${encodeURIComponent(hostile.toWellFormed())}`, {
      body: { [hostile]: hostile },
      requestBody: { [hostile]: hostile },
      headers: [
        [hostile, hostile],
        ['cookie', `${hostile}=${hostile}; a`],
      ],
    }),
    { ...buildExchange('x91', 'GET', hostile), documentUrl: hostile },
  ]);
