import { expect, test } from 'vitest';
import { inventorySchema, type Inventory } from '#shared/report.ts';
import type { Exchange } from '#shared/exchange.ts';
import { buildInventory } from './build-inventory.ts';
import { makeExchanges, type Sketch } from './make-exchange.ts';

const site = 'https://shop.example.com';
const token = 'rdx_9f8e7d6c5b4a3928';
const item = (id: number) => ({ id, sku: `LMP-${id}`, name: `Lamp ${id}`, price: id / 10 });

const VISIT: Sketch[] = [
  {
    url: `${site}/`,
    resourceType: 'document',
    answer: '<html><meta name="csrf-token" content="rdx_csrf55667788"></html>',
  },
  { method: 'POST', url: `${site}/api/login`, send: { user: 'x' }, answer: { token } },
  {
    url: `${site}/api/products?page=1`,
    answer: { items: [item(41), item(42)] },
    headers: [['authorization', `Bearer ${token}`]],
  },
  { url: `${site}/api/products/41`, answer: item(41) },
  { url: `${site}/api/products/42`, answer: item(42) },
  { url: `${site}/api/products/41/reviews`, answer: { reviews: [{ rating: 4 }] } },
  {
    method: 'POST',
    url: `${site}/api/cart/items`,
    send: { sku: 'LMP-41' },
    headers: [['X-CSRF-Token', 'rdx_csrf55667788']],
    answer: { ok: true },
  },
  {
    url: 'wss://shop.example.com/live',
    resourceType: 'websocket',
    status: 101,
    messages: [
      { t: 1, direction: 'sent', data: '{"subscribe":"prices"}' },
      { t: 2, direction: 'received', data: '{"price":4.5}' },
    ],
  },
  {
    url: `${site}/api/stream`,
    resourceType: 'eventsource',
    answer: 'data: {"n":1}\n\n',
    answerType: 'text/event-stream',
    messages: [{ t: 1, direction: 'received', data: '{"n":1}' }],
  },
];

const build = (exchanges: readonly Exchange[]): Inventory =>
  inventorySchema.parse(buildInventory(exchanges, { targetUrl: `${site}/` }));
const inventory = build(makeExchanges(VISIT));
const find = (name: string) => inventory.endpoints.find(({ method, template }) => `${method} ${template}` === name);

test('the endpoints of a visit, in order of first appearance', () => {
  expect(inventory.endpoints.map(({ id, method, template, kind }) => `${id} ${method} ${template} ${kind}`)).toEqual([
    'e1 GET / document',
    'e2 POST /api/login rest',
    'e3 GET /api/products rest',
    'e4 GET /api/products/{productId} rest',
    'e5 GET /api/products/{productId}/reviews rest',
    'e6 POST /api/cart/items rest',
    'e7 GET /live websocket',
    'e8 GET /api/stream sse',
  ]);
});

test('path parameters carry type, examples, evidence and confidence', () => {
  const parameter = find('GET /api/products/{productId}')?.parameters[0];
  expect(parameter).toMatchObject({
    name: 'productId',
    in: 'path',
    required: true,
    schema: { type: 'integer' },
    examples: [41, 42],
  });
  expect(parameter?.evidence).toContain('an item listed by the collection before it bears this value');
  expect(parameter?.confidence).toBeGreaterThan(0.9);
});

test('credentials and where they came from', () => {
  expect(find('GET /api/products')?.auth).toEqual([
    { kind: 'bearer', in: 'header', name: 'authorization', from: 'x1' },
  ]);
  expect(find('POST /api/cart/items')?.auth).toEqual([
    { kind: 'csrf', in: 'header', name: 'x-csrf-token', from: 'x0' },
  ]);
  expect(find('POST /api/login')?.auth).toEqual([{ kind: 'none', in: null, name: null, from: null }]);
});

test('values flow forward in time only', () => {
  const edges = inventory.dependencies.map(({ from, to, path, into }) => `${from} ${to} ${path} ${into}`);
  expect(edges).toEqual(
    expect.arrayContaining([
      'e3 e4 $.items[].id path:productId',
      'e3 e5 $.items[].id path:productId',
      'e3 e6 $.items[].sku body:$.sku',
      'e2 e3 $.token header:authorization',
      'e1 e6 html:attribute header:x-csrf-token',
    ]),
  );
  const later = build(makeExchanges([...VISIT].reverse()));
  const idOf = (name: string): string | undefined =>
    later.endpoints.find(({ method, template }) => `${method} ${template}` === name)?.id;
  expect(
    later.dependencies.find(
      ({ from, to }) => from === idOf('GET /api/products') && to === idOf('GET /api/products/{productId}'),
    ),
  ).toBeUndefined();
});

test('an answer that came after the request went out is not its source', () => {
  const edgesAt = (at: number) =>
    build(
      makeExchanges([
        { url: `${site}/api/products`, answer: { items: [{ id: 40_117 }] }, at: 0 },
        { url: `${site}/api/products/40117`, answer: { name: 'x' }, at },
      ]),
    ).dependencies.length;
  expect([edgesAt(10), edgesAt(50)]).toEqual([0, 1]);
});

test('streams: messages sent are requests, messages received are answers', () => {
  const live = find('GET /live');
  expect(live?.requests[0]?.schema.properties).toEqual({ subscribe: { type: 'string' } });
  expect(live?.responses[0]?.payloads[0]?.schema.properties).toEqual({ price: { type: 'number' } });
  expect(find('GET /api/stream')?.responses[0]?.payloads.map(({ mediaType }) => mediaType)).toEqual([
    'text/event-stream',
  ]);
});

test('the order in which exchanges are given does not matter', () => {
  expect(build([...makeExchanges(VISIT)].reverse())).toEqual(inventory);
});

test('requests of others added later change nothing but themselves', () => {
  const more = build(
    makeExchanges([
      ...VISIT,
      { url: 'https://other.test/api/v1/items/7', answer: { a: 1 } },
      { url: `${site}/api/zones/5`, answer: { zone: 'x' } },
    ]),
  );
  expect(more.endpoints.slice(0, inventory.endpoints.length)).toEqual(inventory.endpoints);
  expect(more.dependencies).toEqual(inventory.dependencies);
});

test('every exchange is an endpoint or left out with a reason', () => {
  const counted = new Set([
    ...inventory.endpoints.flatMap(({ evidence }) => evidence),
    ...inventory.leftOut.flatMap(({ items }) => items),
  ]);
  expect(counted.size).toBe(VISIT.length);
});

test('odd input never fails', () => {
  const odd: Sketch[] = [
    { url: '' },
    { url: 'https://' },
    {
      url: `https://shop.example.com/%E0%A4%A/${'a/'.repeat(3000)}?%=%&&=x&${'n=1&'.repeat(500)}`,
      answer: '{"broken":',
      answerType: 'application/json',
    },
    {
      url: `${site}/${'x'.repeat(20_000)}`,
      answer: '['.repeat(3000) + ']'.repeat(3000),
      answerType: 'application/json',
    },
    {
      url: `${site}/api/a`,
      answer: '{"__proto__":{"a":1},"constructor":{"b":2}}',
      answerType: 'application/json',
      headers: [
        ['', ''],
        ['cookie', ';;=;'],
      ],
    },
    { method: '', url: `${site}/api/b`, status: 0 },
    { method: 'POST', url: `${site}/graphql`, send: '{"query":"query {{{{"}' },
    { method: 'POST', url: `${site}/up`, send: '--\r\n\r\n', sendType: 'multipart/form-data' },
    {
      url: `${site}/api/c`,
      answer: '\u0000\ud800',
      answerType: 'application/json',
      at: Number.MAX_SAFE_INTEGER % 1e12,
    },
  ];
  expect(() => build(makeExchanges(odd))).not.toThrow();
  expect(() => buildInventory(makeExchanges(odd), { targetUrl: 'not a url' })).not.toThrow();
});
