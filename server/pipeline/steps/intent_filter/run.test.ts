import { describe, expect, test } from 'vitest';
import { bucketsSchema } from '#shared/report.ts';
import { templateListSchema, starterTemplateSchema } from '#shared/api.ts';
import { buildInventory } from '#server/inventory/build-inventory.ts';
import { makeExchanges, type Sketch } from '#server/inventory/make-exchange.ts';
import { filterByIntent, type IntentInput } from './run.ts';
import { TEMPLATES } from './templates.ts';

const shop = 'https://shop.example.test';
const item = (id: number) => ({ id: 1000 + id, name: `Lamp ${id}`, price: 12.5 + id, currency: 'EUR', inStock: true });
const review = (id: number) => ({
  id,
  rating: 4,
  author: { nickname: 'jo' },
  text: 'fine',
  createdAt: '2024-05-01T10:00:00Z',
});

const VISIT: Sketch[] = [
  { url: `${shop}/`, resourceType: 'document', answer: '<html></html>' },
  { url: `${shop}/api/config`, answer: { locale: 'en', currency: 'EUR', features: ['a'] } },
  { url: `${shop}/api/session`, answer: { token: 'rdx_9f8e7d6c5b4a3928' } },
  { url: `${shop}/api/products?page=1&pageSize=12`, answer: { items: [1, 2, 3].map(item), total: 30, page: 1 } },
  { url: `${shop}/api/search?q=lamp`, answer: { results: [1, 2].map(item), total: 2 } },
  { url: `${shop}/api/products/1001`, answer: { ...item(1), description: 'A lamp' } },
  { url: `${shop}/api/products/1001/reviews`, answer: { reviews: [review(1), review(2)], average: 4.2 } },
  { url: `${shop}/api/products/1002`, answer: { ...item(2), description: 'Another' } },
  {
    method: 'POST',
    url: `${shop}/api/cart/items`,
    send: { productId: 1002, quantity: 1 },
    headers: [['authorization', 'Bearer rdx_9f8e7d6c5b4a3928']],
    answer: { items: [{ productId: 1002, quantity: 1, price: 14.5 }], total: 14.5 },
  },
  { url: `${shop}/api/newsletter/status`, answer: { subscribed: false } },
  { url: `${shop}/legal/imprint`, resourceType: 'document', answer: '<html></html>' },
];

function bucketsOf(intent: Partial<IntentInput>, sketches: Sketch[] = VISIT) {
  const inventory = buildInventory(makeExchanges(sketches), { targetUrl: shop });
  const { buckets, message } = filterByIntent({
    inventory,
    actions: [],
    intentText: '',
    starterTemplate: 'custom',
    ...intent,
  });
  bucketsSchema.parse(buckets);
  const names = new Map(inventory.endpoints.map(({ id, method, template }) => [id, `${method} ${template}`]));
  const of = (bucket: string) =>
    buckets.endpoints.filter((entry) => entry.bucket === bucket).map(({ endpoint }) => names.get(endpoint));
  return { A: of('A'), B: of('B'), C: of('C'), buckets, message, names };
}

test('the shop: what the sentence asks for answers, carts and pages do not', () => {
  const { A, B, C, buckets } = bucketsOf({
    intentText: 'search products, get price and reviews',
    starterTemplate: 'products',
  });
  expect(A).toEqual([
    'GET /api/products',
    'GET /api/search',
    'GET /api/products/{productId}',
    'GET /api/products/{productId}/reviews',
  ]);
  expect(B).toContain('GET /api/config');
  expect(C).toEqual(
    expect.arrayContaining(['GET /', 'POST /api/cart/items', 'GET /api/newsletter/status', 'GET /legal/imprint']),
  );
  const words = buckets.coverage.filter(({ term }) => ['search', 'products', 'price', 'reviews'].includes(term));
  expect(words.map(({ covered }) => covered)).toEqual([true, true, true, true]);
  for (const entry of buckets.endpoints) expect(entry.reason).not.toBe('');
});

test('an intent to change something makes the changing call an answer, and what feeds it support', () => {
  const { A, B } = bucketsOf({ intentText: 'add items to the cart' });
  expect(A).toEqual(['POST /api/cart/items']);
  expect(B).toEqual(expect.arrayContaining(['GET /api/session', 'GET /api/products']));
});

test('what is asked for and not there is named as missing', () => {
  const { buckets } = bucketsOf({ intentText: 'reviews and delivery dates by warehouse' });
  expect(buckets.coverage.find(({ term }) => term === 'warehouse')).toEqual({
    term: 'warehouse',
    covered: false,
    endpoints: [],
  });
  expect(buckets.coverage.find(({ term }) => term === 'reviews')?.covered).toBe(true);
});

describe('without a sentence', () => {
  test('the template speaks', () => {
    const { A } = bucketsOf({ starterTemplate: 'reviews' });
    expect(A).toContain('GET /api/products/{productId}/reviews');
    expect(A).not.toContain('POST /api/cart/items');
  });

  test('with neither, the richest data answers', () => {
    const { A, buckets } = bucketsOf({});
    expect(A).toEqual(expect.arrayContaining(['GET /api/products', 'GET /api/products/{productId}/reviews']));
    expect(A).not.toContain('GET /');
    expect(buckets.coverage).toEqual([]);
  });
});

test('a site of pages alone is answered by its pages', () => {
  const { A } = bucketsOf({ intentText: 'job vacancies' }, [
    { url: `${shop}/`, resourceType: 'document', answer: '<html></html>' },
    { url: `${shop}/jobs`, resourceType: 'document', answer: '<html></html>' },
  ]);
  expect(A).toEqual(['GET /jobs']);
});

test('GraphQL answers by the name of the operation', () => {
  const call = (operationName: string, root: string, data: unknown): Sketch => ({
    method: 'POST',
    url: `${shop}/graphql`,
    send: { operationName, query: `query ${operationName} { ${root} { id } }` },
    answer: { data },
  });
  const { buckets, names } = bucketsOf({ intentText: 'flights and fares' }, [
    call('HeaderMenu', 'menu', { menu: [{ label: 'x' }] }),
    call('FlightSearch', 'flights', { flights: [{ fare: { amount: 3 } }] }),
  ]);
  expect(buckets.endpoints.map(({ bucket }) => bucket)).toEqual(['B', 'A']);
  expect(names.size).toBe(2);
});

test('an empty inventory and odd sentences do no harm', () => {
  expect(bucketsOf({ intentText: '\u0000 ((( the of and 12 %%% \ud800' }, []).buckets.endpoints).toEqual([]);
});

test('there is one starter template for each id', () => {
  expect(TEMPLATES.map(({ id }) => id)).toEqual(starterTemplateSchema.options);
  templateListSchema.parse({ templates: TEMPLATES });
});

test('without an intent, calls over POST that answer with lists count as reading, those that create do not', () => {
  const things = JSON.stringify({ ok: true, members: [{ id: 'U1', name: 'Ada', tz: 'UTC' }], next: '' });
  const made = JSON.stringify({ ok: true, id: 7, name: 'Ada', createdAt: '2026-01-01T00:00:00Z' });
  const { A } = bucketsOf({}, [
    { url: `${shop}/api/people.members`, method: 'POST', send: 'channel=C1', answer: things },
    { url: `${shop}/api/people`, method: 'POST', send: { name: 'Ada' }, answer: made },
  ]);
  expect(A).toEqual(['POST /api/people.members']);
});
