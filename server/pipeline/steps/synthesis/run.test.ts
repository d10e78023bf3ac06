import { afterEach, describe, expect, it } from 'vitest';
import { narrativeSchema } from '../../artifacts.ts';
import { createModelPort } from '../../../model/claude.ts';
import type { ModelPort } from '../../../model/port.ts';
import { asScrubbed } from '../../../scrubbing/brand.ts';
import { startAnthropicServer, type FakeAnthropic, type SeenRequest } from '../../../testing/anthropic-server.ts';
import {
  HOSTILE_TEXTS,
  buildEndpoint,
  buildHostileExchanges,
  buildHostileReport,
  buildShopExchanges,
  buildShopReport,
} from '../../../testing/report-fixture.ts';
import { synthesisStep } from './index.ts';
import type { SynthesisInput } from './run.ts';
import type { JsonSchema } from '#shared/json-schema.ts';
import type { Exchange } from '#shared/exchange.ts';
import type { Report } from '#shared/report.ts';

interface Over {
  report?: Report;
  exchanges?: Exchange[];
  model?: ModelPort | null;
  consentModel?: boolean;
  signal?: AbortSignal;
  said?: string[];
}

export function synthesisInput({
  report = buildShopReport(),
  exchanges = buildShopExchanges(),
  model = null,
  consentModel = true,
  signal,
  said = [],
}: Over = {}): SynthesisInput {
  return {
    scan: {
      scanId: report.scanId,
      targetUrl: report.target.url,
      intentText: report.intent.text,
      starterTemplate: report.intent.template,
      consent: { entitled: true, replay: 'anonymous', model: consentModel },
      createdAt: report.createdAt,
    },
    artifacts: {
      clean_inventory: asScrubbed({
        endpoints: report.endpoints,
        dependencies: report.dependencies,
        thirdParties: report.thirdParties,
        origins: report.origins,
        leftOut: [],
      }),
      clean_exchanges: asScrubbed(exchanges),
      clean_facts: asScrubbed({
        targetUrl: report.target.url,
        startedAt: null,
        actions: report.actions,
        completeness: report.completeness,
        conversion: report.conversion,
        replaced: [],
      }),
      clean_protections: asScrubbed(report.protections),
      buckets: asScrubbed({
        endpoints: report.endpoints.map(({ id, bucket, reason }, index) => ({
          endpoint: id,
          bucket,
          score: 1 - index / 100,
          reason,
        })),
        coverage: report.coverage,
      }),
      validation: asScrubbed(report.validation),
    },
    ports: { model },
    signal: signal ?? new AbortController().signal,
    now: () => new Date('2026-11-20T10:00:00.000Z'),
    progress: (message) => {
      said.push(message);
      return Promise.resolve();
    },
  };
}

const run = async (over?: Over) => {
  const { artifacts, message } = await synthesisStep.run(synthesisInput(over));
  return { ...narrativeSchema.parse(artifacts.narrative), message };
};

let server: FakeAnthropic | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function portTo(
  answer: (request: SeenRequest, count: number) => string,
  leakCheck = (_text: string) => false,
): Promise<ModelPort> {
  server = await startAnthropicServer((request, count) => ({ text: answer(request, count) }));
  return createModelPort({
    apiKey: 'k',
    baseUrl: server.baseUrl,
    budgetTokens: 1_000_000,
    leakCheck,
    wait: () => Promise.resolve(),
  });
}

const sentEndpoints = ({ body }: SeenRequest): { id: string; method: string; template: string }[] => {
  const [message] = body['messages'] as { content: string }[];
  return (JSON.parse(message?.content ?? '{}') as { endpoints: { id: string; method: string; template: string }[] })
    .endpoints;
};

describe('synthesis without a model', () => {
  it('names what was seen, says when it appears and sums it up', async () => {
    const told = await run();
    expect(told.endpoints.map(({ name }) => name.text)).toEqual([
      'List products',
      'Get a product',
      'List reviews of a product',
      'Search products',
      'Create a cart item',
      'Open the home page',
    ]);
    expect(told.endpoints.map(({ tag }) => tag)).toEqual([
      'products',
      'products',
      'products',
      'search',
      'cart',
      'pages',
    ]);
    expect(told.endpoints[0]).toMatchObject({
      appearsWhen: ['the page / opens', 'you press “Load more”'],
      summary: { text: expect.stringContaining('Gives a list; each entry has id, name, price') as string },
    });
    expect(told.verdict.sentence).toBe('Yes: a browser-like client gets products and search without logging in.');
    expect(told.message).toBe(told.verdict.sentence);
    expect(told.verdict).toMatchObject({ client: 'impit-chrome', tier: 'none' });
    expect(told.recommendation).toMatchObject({
      pace: 'One request every 2 seconds',
      session: 'None; the answers come without logging in',
    });
    expect(told.costDrivers.map(({ name }) => name)).toEqual([
      'Requests for 1,000 list entries',
      'Extra requests for each record',
      'Size of an answer',
    ]);
    expect(told.starters.map(({ filename }) => filename)).toEqual(['starter.ts', 'starter.py']);
    expect(told.notes.map(({ text }) => text)).toContainEqual(
      'Not seen in this visit: stock. Browsing further may reveal it.',
    );
    expect(told.model).toEqual({
      used: false,
      name: null,
      tokens: 0,
      reason: 'No model key is configured on this server: names and texts come from rules.',
    });
  });

  it('says that the user chose not to use a model, and asks none', async () => {
    const refuse: ModelPort = { ask: () => Promise.reject(new Error('asked')) };
    expect((await run({ model: refuse, consentModel: false })).model.reason).toContain('You chose not to use a model');
  });

  it('adds the parts of the difficulty up', async () => {
    const { difficulty } = (await run()).verdict;
    expect(difficulty.parts.reduce((sum, { points }) => sum + points, 0)).toBe(difficulty.score);
    expect(difficulty.parts.map(({ name }) => name)).toEqual([
      'Protection',
      'Client and network',
      'Session',
      'Signed requests',
      'Rate limits',
      'Paging',
      'Completeness',
    ]);
  });

  it.each<[string, (report: Report) => Partial<Report>, RegExp]>([
    ['nothing was recorded', () => ({ endpoints: [] }), /^Not yet: this visit shows no request that carries data\.$/],
    [
      'nothing answers',
      ({ endpoints }) => ({ endpoints: endpoints.map((item) => ({ ...item, bucket: 'C' as const })) }),
      /^Not yet: of 6 endpoints seen, none answers/,
    ],
    [
      'nothing was tried',
      () => ({
        validation: {
          performed: false,
          reason: 'You turned replays off.',
          clients: [],
          tiers: [],
          runs: [],
          sufficient: [],
        },
      }),
      /^Probably: 4 endpoints answer/,
    ],
    [
      'only the browser got it',
      ({ validation }) => ({
        validation: {
          ...validation,
          sufficient: validation.sufficient.map((item) => ({ ...item, client: null, tier: null, needsSession: null })),
        },
      }),
      /^Not with the clients tried: products and search were seen/,
    ],
    [
      'a part was reached, with a session and a proxy',
      ({ validation }) => ({
        validation: {
          ...validation,
          sufficient: validation.sufficient
            .slice(0, 2)
            .map((item) => ({ ...item, tier: 'residential' as const, needsSession: true })),
        },
      }),
      /^Partly: a plain HTTP client gets products with your session from a residential address; 2 endpoints of 4 could not be confirmed\.$/,
    ],
  ])('has a verdict when %s', async (_what, change, sentence) => {
    const base = buildShopReport();
    expect((await run({ report: { ...base, ...change(base) } })).verdict.sentence).toMatch(sentence);
  });

  it('does not speak of what was asked where nothing was', async () => {
    const base = buildShopReport({ intent: { text: ' ', template: 'custom' } });
    const validation = { ...base.validation, performed: false, reason: 'Offline.', runs: [], sufficient: [] };
    const sentence = async (endpoints: Report['endpoints']) =>
      (await run({ report: { ...base, validation, endpoints } })).verdict.sentence;
    expect(await sentence(base.endpoints)).toMatch(/^Probably: \d+ endpoints give data to read \(/);
    const none = base.endpoints.map((endpoint) => ({ ...endpoint, bucket: 'C' as const }));
    expect(await sentence(none)).toMatch(/none gives data to read\.$/);
  });

  it('takes more care where the site asked for it', async () => {
    const [first] = buildShopExchanges();
    if (!first?.response) throw new Error('the shop answers');
    const limited: Exchange = {
      ...first,
      id: 'x50',
      response: { ...first.response, status: 429, headers: [['retry-after', '30']] },
    };
    const told = await run({ exchanges: [limited] });
    expect(told.recommendation.pace).toMatch(/^One request every 5 seconds, and as long as the site asks/);
    expect(told.recommendation.risks).toContain('The site limits the pace; it asked to wait 30 seconds.');
    expect(told.starters[0]?.code).toContain('?? 5000)');
  });

  it('calls a log-in needless when what was reached came without it, whatever was not tried', async () => {
    const base = buildShopReport();
    const untried = buildEndpoint({
      id: 'e90',
      method: 'GET',
      template: '/api/cart',
      auth: [{ kind: 'cookie', in: 'cookie', name: 'sid', from: null }],
    });
    const report = {
      ...base,
      endpoints: [...base.endpoints, { ...untried, bucket: 'A' as const }],
      validation: {
        ...base.validation,
        sufficient: [
          ...base.validation.sufficient,
          { endpoint: 'e90', client: null, tier: null, needsSession: null, reason: 'Not tried.' },
        ],
      },
    };
    const told = await run({ report });
    expect(told.recommendation.session).toBe('None; the answers come without logging in');
    expect(told.starters[0]?.code).not.toMatch(/API_COOKIE|\/api\/cart"/);
  });

  it('counts no body as missing that is left out on purpose', async () => {
    const [first] = buildShopExchanges();
    if (!first?.response) throw new Error('the shop answers');
    const { response } = first;
    const losing = (lost: 'policy' | 'evicted', id: string): Exchange => ({
      ...first,
      id,
      response: { ...response, body: { mimeType: 'image/png', bytes: 10, lost } },
    });
    const reasonOf = async (exchanges: Exchange[]) =>
      (await run({ exchanges })).verdict.difficulty.parts.find(({ name }) => name === 'Completeness')?.reason;
    expect(await reasonOf([losing('policy', 'x50')])).not.toContain('without a body');
    expect(await reasonOf([losing('policy', 'x50'), losing('evicted', 'x51')])).toMatch(/^1 of .* without a body/);
  });

  it('tells one thing that holds a list from a list', async () => {
    const holding = (template: string, id: string, properties: Record<string, JsonSchema>) =>
      buildEndpoint({
        id,
        method: 'GET',
        template,
        responses: [
          {
            status: 200,
            payloads: [{ mediaType: 'application/json', samples: 1, schema: { type: 'object', properties } }],
          },
        ],
      });
    const items: JsonSchema = { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } };
    const endpoints = [
      holding('/api/cart', 'e1', { id: { type: 'string' }, items }),
      holding('/api/catalog', 'e2', { items }),
      holding('/api/me', 'e3', { id: { type: 'string' } }),
    ];
    const names = (await run({ report: buildShopReport({ endpoints }) })).endpoints.map(({ name }) => name.text);
    expect(names).toEqual(['Get the cart', 'List catalogs', 'Get my account']);
  });

  it('gives no two endpoints one name', async () => {
    const endpoints = [
      '/api/v1/users',
      '/api/v2/users',
      '/users/{id}',
      '/users/{id}/posts',
      '/login',
      '/graphql',
      '/x/{a}/{b}',
      '/',
    ].map((template, index) =>
      buildEndpoint({
        id: `e${index + 1}`,
        method: template === '/login' ? 'POST' : 'GET',
        template,
        operation: template === '/graphql' ? 'GetCartItemsQuery' : null,
      }),
    );
    const names = (await run({ report: buildShopReport({ endpoints }) })).endpoints.map(({ name }) => name.text);
    expect(names).toEqual([
      'List users (/api/v1/users)',
      'List users (/api/v2/users)',
      'Get a user',
      'List posts of a user',
      'Login',
      'Get cart items',
      'Get a x',
      'Get the root',
    ]);
  });

  it('holds with hostile text everywhere', async () => {
    for (const hostile of HOSTILE_TEXTS) {
      const told = await run({ report: buildHostileReport(hostile), exchanges: buildHostileExchanges(hostile) });
      expect(told.endpoints).toHaveLength(8);
    }
  });
});

describe('synthesis with a model', () => {
  it('takes names and summaries for what matters, marks them, and counts tokens', async () => {
    const said: string[] = [];
    const model = await portTo((request) =>
      JSON.stringify({
        endpoints: sentEndpoints(request).map((item) => ({
          ...item,
          name: `Model name ${item.id}`,
          summary: `What ${item.id} gives.`,
        })),
      }),
    );
    const told = await run({ model, said });
    expect(told.endpoints[0]).toMatchObject({
      name: { text: 'Model name e1', source: 'model' },
      summary: { source: 'model' },
    });
    expect(told.endpoints[5]?.name).toEqual({ text: 'Open the home page', source: 'rule' });
    expect(told.model).toMatchObject({
      used: true,
      name: 'claude-sonnet-5-5',
      tokens: 120,
      reason: 'The model wrote the names and summaries of 5 of 6 endpoints.',
    });
    expect(told.starters[0]?.code).toContain('function modelNameE1(');
    expect(said).toEqual(['Naming endpoints 1 to 5 of 5 with the model']);
  });

  it('keeps the rule’s text where template or method changed, or the text is out of bounds', async () => {
    const model = await portTo((request) => {
      const [a, b, c, d] = sentEndpoints(request);
      return JSON.stringify({
        endpoints: [
          { ...a, template: '/other', name: 'Other name', summary: 'Another path.' },
          { ...b, method: 'DELETE', name: 'Other name', summary: 'Another method.' },
          { ...c, name: 'x'.repeat(61), summary: 'Too long a name.' },
          { ...d, name: 'Find <b>products</b>', summary: 'With a tag.' },
          { id: 'e99', method: 'GET', template: '/', name: 'Unknown one', summary: 'Not asked for.' },
        ],
      });
    });
    const told = await run({ model });
    expect(told.endpoints.map(({ name }) => name.source)).toEqual(Array(6).fill('rule'));
    expect(told.model).toMatchObject({ used: false, tokens: 120, reason: 'The model wrote nothing that is shown.' });
  });

  it('goes on with rules when the model refuses, and says so', async () => {
    const told = await run({ model: await portTo(() => 'I cannot help with that.') });
    expect(told.endpoints[0]?.name).toEqual({ text: 'List products', source: 'rule' });
    expect(told.model.reason).toBe('The model wrote nothing that is shown. The answer of the model was not JSON.');
  });

  it('sends structure only, and nothing when the leak check finds a secret', async () => {
    const seen: string[] = [];
    const model = await portTo(
      () => '{"endpoints":[]}',
      (text) => {
        seen.push(text);
        return true;
      },
    );
    const told = await run({ model });
    expect(server?.requests).toEqual([]);
    expect(seen[0]).toContain('/api/products/{productId}');
    expect(seen[0]).not.toContain('Walnut desk lamp"');
    expect(seen[0]).not.toContain('p-1001');
    expect(told.model.reason).toContain('held back');
  });

  it('asks in batches, and no more once the model failed', async () => {
    const endpoints = Array.from({ length: 50 }, (_, index) =>
      buildEndpoint({ id: `e${index + 1}`, method: 'GET', template: `/r${index}` }),
    );
    const model = await portTo((request, count) =>
      count === 2
        ? 'broken'
        : JSON.stringify({
            endpoints: sentEndpoints(request).map((item) => ({
              ...item,
              name: 'A good name',
              summary: 'A good summary.',
            })),
          }),
    );
    const told = await run({ model, report: buildShopReport({ endpoints }) });
    expect(server?.requests).toHaveLength(2);
    expect(told.endpoints.filter(({ name }) => name.source === 'model')).toHaveLength(20);
  });

  it('ends when the scan is stopped', async () => {
    await expect(
      run({ model: await portTo(() => '{"endpoints":[]}'), signal: AbortSignal.abort(new Error('stopped')) }),
    ).rejects.toThrow('stopped');
  });
});

it('leaves a narrative that says why when it failed', () => {
  const { scan } = synthesisInput();
  const empty = synthesisStep.empty({ scan, reason: asScrubbed('It broke.') });
  expect(narrativeSchema.parse(empty?.narrative)).toMatchObject({ model: { reason: 'It broke.' }, endpoints: [] });
});
