import { describe, expect, test } from 'vitest';
import { createBodyReader } from './body-reading.ts';
import { makeExchanges, type Sketch } from './make-exchange.ts';
import { selectExchanges } from './select-exchanges.ts';

const site = 'https://www.shop.example.com';

function select(sketches: Sketch[], targetUrl = site) {
  const exchanges = makeExchanges(sketches);
  const selection = selectExchanges(exchanges, targetUrl, createBodyReader());
  const left = selection.leftOut.flatMap(({ items }) => items);
  expect([...selection.selected.map(({ exchange }) => exchange.id), ...left].sort()).toEqual(
    exchanges.map(({ id }) => id).sort(),
  );
  return {
    ...selection,
    kept: selection.selected.map(
      ({ exchange, party, document }) => `${exchange.id} ${party}${document ? ' document' : ''}`,
    ),
    reasonOf: (id: string) => selection.leftOut.find(({ items }) => items.includes(id))?.reason ?? null,
  };
}

const page: Sketch = { url: `${site}/`, resourceType: 'document', answer: '<html></html>' };

test.each<[string, Sketch, string | null]>([
  [
    'a script',
    { url: `${site}/app.js`, resourceType: 'script', answer: 'x', answerType: 'text/javascript' },
    'Static asset',
  ],
  ['an image without a type', { url: `${site}/a.png`, resourceType: 'other' }, 'Static asset'],
  ['a source map', { url: `${site}/app.js.map`, resourceType: 'other', answer: {} }, 'Static asset'],
  ['a preflight', { method: 'OPTIONS', url: `${site}/api/a`, resourceType: 'preflight' }, 'CORS preflight'],
  [
    'a redirect',
    { url: `${site}/old`, status: 302, answerHeaders: [['Location', '/new']] },
    'Redirect without content',
  ],
  ['a data URL', { url: 'data:text/plain,x' }, 'Not a network request'],
  ['no URL at all', { url: 'nonsense' }, 'Not a network request'],
  ['a ping', { method: 'POST', url: `${site}/api/a`, resourceType: 'ping', status: 204 }, 'Beacon or analytics'],
  [
    'an empty collector',
    { method: 'POST', url: `${site}/collect`, status: 204, send: { a: 1 } },
    'Beacon or analytics',
  ],
  ['JSON', { url: `${site}/api/a`, answer: { a: 1 } }, null],
  ['JSON loaded as a script', { url: `${site}/api/a`, resourceType: 'script', answer: { a: 1 } }, null],
  ['XML', { url: `${site}/feed`, answer: '<a/>', answerType: 'application/xml' }, null],
  ['a page fragment', { url: `${site}/fragment`, answer: '<li>1</li>' }, null],
  ['a call that failed', { url: `${site}/api/b`, status: 0 }, null],
  ['an answer 304', { url: `${site}/api/c`, status: 304 }, null],
  ['an untyped JSON call', { url: `${site}/api/d.json`, resourceType: 'other', answer: { a: 1 } }, null],
])('%s', (_, sketch, reason) => {
  expect(select([page, sketch]).reasonOf('x1')).toBe(reason);
});

test('pages are kept as documents, fetched fragments are not pages', () => {
  expect(select([page, { url: `${site}/part`, answer: '<li>' }]).kept).toEqual(['x0 first document', 'x1 first']);
});

test('of two copies around a service worker the one with a body stays', () => {
  const { reasonOf } = select([
    { url: `${site}/api/a`, serviceWorkerPair: 'x1' },
    { url: `${site}/api/a`, answer: { a: 1 }, serviceWorkerPair: 'x0' },
    { url: `${site}/api/b`, answer: { a: 1 }, serviceWorkerPair: 'x3' },
    { url: `${site}/api/b`, answer: { a: 1 }, serviceWorkerPair: 'x2' },
  ]);
  expect([reasonOf('x0'), reasonOf('x1'), reasonOf('x2'), reasonOf('x3')]).toEqual([
    'Seen a second time behind the service worker',
    null,
    null,
    'Seen a second time behind the service worker',
  ]);
});

describe('parties', () => {
  test('the registrable domain and the brand are first, trackers are named and left out', () => {
    const { kept, reasonOf, thirdParties } = select([
      page,
      { url: 'https://api.example.com/v1/a', answer: { a: 1 } },
      { url: 'https://www.google-analytics.com/g/collect', answer: { a: 1 } },
      { url: 'https://xyz.algolia.net/1/indexes/a/query', method: 'POST', send: {}, answer: { hits: [] } },
      { url: 'https://unknown-widget.test/config', answer: { a: 1 } },
    ]);
    expect(kept).toEqual(['x0 first document', 'x1 first', 'x3 third']);
    expect(reasonOf('x2')).toBe('Third party (analytics)');
    expect(reasonOf('x4')).toBe('Third party (unknown)');
    expect(thirdParties.map(({ company, category }) => [company, category])).toContainEqual([
      'Google Analytics',
      'analytics',
    ]);
  });

  test('a host that the pages call with credentials belongs to the site', () => {
    const { kept } = select([
      page,
      {
        url: 'https://backend-eu.test/orders',
        headers: [
          ['origin', site],
          ['authorization', 'Bearer x'],
        ],
        answer: { a: 1 },
        answerHeaders: [['access-control-allow-origin', site]],
      },
    ]);
    expect(kept).toEqual(['x0 first document', 'x1 first']);
  });

  test('when nothing of the target is there, the busiest API is the first party', () => {
    const calls: Sketch[] = [1, 2, 3].map((n) => ({
      url: `https://api.vendor.test/v1/items/${n}`,
      answer: { n },
      resourceType: 'other',
    }));
    const { kept, parties } = select([...calls, { url: 'https://ads.doubleclick.net/x', answer: { a: 1 } }], '');
    expect(parties.site).toBe('vendor.test');
    expect(kept).toHaveLength(3);
  });

  test('shared hosting tells its tenants apart', () => {
    expect(
      select(
        [
          { url: 'https://mine.github.io/a', answer: {} },
          { url: 'https://other.github.io/a', answer: {} },
        ],
        'https://mine.github.io',
      ).kept[1],
    ).not.toBe('x1 first');
  });

  test('addresses and single labels are their own site', () => {
    expect(
      select(
        [
          { url: 'http://localhost:3000/api/a', answer: {} },
          { url: 'http://127.0.0.1:4000/api/a', answer: {} },
        ],
        'http://localhost:3000',
      ).kept,
    ).toContain('x0 first');
  });
});
