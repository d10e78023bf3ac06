import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { captureAcceptedSchema, eventsAnswerSchema } from '#shared/api.ts';
import { TERMINAL_STATUSES, type ScanEvent } from '#shared/events.ts';
import { reportSchema, type Report } from '#shared/report.ts';
import {
  startAnthropicServer,
  type FakeAnswer,
  type FakeAnthropic,
  type SeenRequest,
} from '#server/testing/anthropic-server.ts';
import { findSecrets, recordShopHar, type ShopHar } from './shop-har.ts';
import { CLIENT, startStack, type Stack } from './stack.ts';

const API_KEY = 'sk-test-0c7f2f6f9d0e4a1b';

const promptSchema = z.looseObject({
  messages: z.array(z.object({ role: z.string(), content: z.string() })).length(1),
});
const inputSchema = z.object({
  endpoints: z.array(z.object({ id: z.string(), method: z.string(), template: z.string() })),
});

let model: FakeAnthropic;
let stack: Stack;
let recorded: ShopHar;
let answer: (request: SeenRequest) => FakeAnswer;

beforeAll(async () => {
  model = await startAnthropicServer((request) => answer(request));
  stack = await startStack({
    ANTHROPIC_API_KEY: API_KEY,
    ANTHROPIC_BASE_URL: model.baseUrl,
    REQUESTS_PER_MINUTE: '10000',
    REQUESTS_PER_MINUTE_IP: '10000',
  });
  recorded = await recordShopHar(stack.shop);
});
afterEach(() => {
  model.requests.length = 0;
});
afterAll(async () => {
  await stack.close();
  await model.close();
});

/** What the model was asked about. */
function readAsked({ body }: SeenRequest) {
  const content = promptSchema.parse(body).messages[0]?.content ?? '';
  return inputSchema.parse(JSON.parse(content)).endpoints;
}

/** Names every endpoint it is asked about. */
const nameAll = (request: SeenRequest): FakeAnswer => ({
  text: JSON.stringify({
    endpoints: readAsked(request).map(({ id, method, template }) => ({
      id,
      method,
      template,
      name: `Call ${id} by the model`,
      summary: `The model says what ${method} ${template.replaceAll(/[{}]/g, '')} gives.`,
    })),
  }),
});

/** Imports the shop's HAR in one request and follows the scan to its end. */
async function importHar(withModel: boolean): Promise<{ report: Report; events: ScanEvent[]; texts: string[] }> {
  const headers = { Authorization: `Bearer ${stack.key}`, 'Content-Type': 'application/json', ...CLIENT };
  const facts = { targetUrl: `${stack.shop.origin}/`, intentText: 'search products, get price and reviews' };
  const consent = { entitled: true, replay: 'off', model: withModel };
  const begun = await fetch(`${stack.server.url}/scans`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...facts, consent }),
  });
  const { scanId } = z.object({ scanId: z.string() }).parse(await begun.json());
  const sent = await fetch(`${stack.server.url}/scans/${scanId}/capture`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...facts, consent, capture: { har: recorded.har } }),
  });
  expect(sent.status).toBe(202);
  const { reportUrl } = captureAcceptedSchema.parse(await sent.json());
  const events: ScanEvent[] = [];
  for (;;) {
    const news = await fetch(`${stack.server.url}/scans/${scanId}/events?since=${events.length}&waitMs=20000`, {
      headers,
    });
    const page = eventsAnswerSchema.parse(await news.json());
    events.push(...page.events);
    if (TERMINAL_STATUSES.has(page.scan.status) && page.events.length === 0) {
      expect(page.scan.status).toBe('complete');
      break;
    }
  }
  const texts: string[] = [JSON.stringify(events)];
  for (const file of ['', '/report.json', '/api.md', '/openapi.yaml', '/capture.har', '/postman.json', '/mcp.json']) {
    const given = await fetch(`${reportUrl}${file}`);
    expect(given.status, file).toBe(200);
    texts.push(await given.text());
  }
  return { report: reportSchema.parse(JSON.parse(texts[2] ?? '')), events, texts };
}

const sourcesOf = (report: Report): string[] => [
  ...new Set(report.endpoints.flatMap(({ name, summary }) => [name.source, summary.source])),
];

it('lets the model name the endpoints, and shows it nothing secret', async () => {
  answer = nameAll;
  const { report, texts } = await importHar(true);
  const asked = model.requests.flatMap(readAsked);
  expect(asked.map(({ template }) => template)).toEqual(
    expect.arrayContaining(['/api/products', '/api/products/search']),
  );
  for (const request of model.requests) {
    expect(request.headers['authorization']).toBe(`Bearer ${API_KEY}`);
    expect(findSecrets(JSON.stringify(request.body), recorded.secrets)).toEqual([]);
  }
  for (const { id } of asked) {
    const endpoint = report.endpoints.find((candidate) => candidate.id === id);
    expect(endpoint?.name).toEqual({ text: `Call ${id} by the model`, source: 'model' });
    expect(endpoint?.summary.source).toBe('model');
  }
  expect(report.model).toMatchObject({ used: true, tokens: 120 * model.requests.length });
  expect(report.model.name).toBeTruthy();
  for (const text of texts) expect(findSecrets(text, [...recorded.secrets, API_KEY])).toEqual([]);
  expect(texts[1]).toContain('by the model');
});

it.each<[string, FakeAnswer, RegExp]>([
  ['errors', { status: 500, text: 'overheated' }, /status 500/],
  ['a refused key', { status: 401, text: `invalid x-api-key ${API_KEY}` }, /refused the configured key/],
  ['a refusal', { stopReason: 'refusal', text: '' }, /declined/],
  ['garbage', { text: 'Certainly! Here are the names you asked for.' }, /not JSON/],
  ['a cut answer', { stopReason: 'max_tokens', text: '{"endpoints":[{"id":"e' }, /cut off/],
  ['a broken connection', { hangUp: true }, /could not be reached/],
])('keeps its own names when the model answers with %s, and says so', async (_name, given, reason) => {
  answer = () => given;
  const { report, events, texts } = await importHar(true);
  expect(model.requests.length).toBeGreaterThan(0);
  expect(sourcesOf(report)).toEqual(['rule']);
  expect(report.model.used).toBe(false);
  expect(report.model.reason).toMatch(reason);
  expect(report.limits.filter(({ step }) => step === 'synthesis').map(({ text }) => text)).toEqual([
    expect.stringMatching(reason),
  ]);
  expect(events.filter(({ status }) => status === 'errored')).toEqual([]);
  for (const text of texts) expect(text).not.toContain(API_KEY);
});

it('takes nothing from the model that it was not asked for', async () => {
  answer = (request) => {
    const [first, second] = readAsked(request);
    return {
      text: JSON.stringify({
        endpoints: [
          { ...first, template: '/api/elsewhere', name: 'Renamed path', summary: 'A template that is not this one.' },
          { ...second, name: '<img src=x onerror=alert(1)>', summary: 'Markup in a name is refused.' },
          { id: 'e9999', method: 'GET', template: '/x', name: 'Invented endpoint', summary: 'It does not exist.' },
        ],
      }),
    };
  };
  const { report, texts } = await importHar(true);
  expect(sourcesOf(report)).toEqual(['rule']);
  for (const text of texts) expect(text).not.toMatch(/Renamed path|onerror|Invented endpoint/);
});

it('asks the model nothing without consent', async () => {
  answer = nameAll;
  const { report } = await importHar(false);
  expect(model.requests).toEqual([]);
  expect(sourcesOf(report)).toEqual(['rule']);
  expect(report.model).toMatchObject({ used: false, name: null, tokens: 0 });
  expect(report.model.reason).toMatch(/^You chose not to use a model/);
});
