import { expect, test } from 'vitest';
import { readAddress } from '../address.ts';
import { createBodyReader } from '../body-reading.ts';
import { makeExchanges, type Sketch } from '../make-exchange.ts';
import { describePagination } from './pagination.ts';

const url = 'https://a.test/items';

test.each<[string, Sketch, [string, string | null] | null]>([
  ['a page', { url: `${url}?page=2` }, ['page', 'page']],
  ['a page in brackets', { url: `${url}?page[number]=2` }, ['page', 'page[number]']],
  ['an offset', { url: `${url}?offset=20&limit=10` }, ['offset', 'offset']],
  ['a cursor', { url: `${url}?cursor=b3BhcXVl` }, ['cursor', 'cursor']],
  ['a date called before', { url: `${url}?before=2024-05-01` }, null],
  [
    'a link header',
    { url, answerHeaders: [['Link', `<${url}?page=2>; rel="next", <${url}?page=9>; rel="last"`]] },
    ['link', 'page'],
  ],
  ['a cursor to come', { url, answer: { items: [], next_cursor: 'abc' } }, ['cursor', null]],
  ['an address to come', { url, answer: { items: [], next: '/items?offset=10' } }, ['offset', 'offset']],
  [
    'GraphQL variables',
    { method: 'POST', url, send: { query: 'q', variables: { after: 'abc' } } },
    ['cursor', 'variables.after'],
  ],
  [
    'a form',
    { method: 'POST', url, send: 'cursor=abc', sendType: 'application/x-www-form-urlencoded' },
    ['cursor', 'cursor'],
  ],
  ['a list without more', { url, answer: { items: [], next: null } }, null],
])('%s', (_, sketch, expected) => {
  const rows = makeExchanges([sketch]).flatMap((exchange) => {
    const address = readAddress(exchange.request.url);
    return address === null ? [] : [{ exchange, address }];
  });
  const found = describePagination(rows, createBodyReader());
  expect(found === null ? null : [found.style, found.parameter]).toEqual(expected);
  if (found !== null) expect(found.evidence).toEqual(['x0']);
});
