import { expect, test } from 'vitest';
import { readAddress } from '../address.ts';
import { createBodyReader } from '../body-reading.ts';
import { makeExchanges, type Sketch } from '../make-exchange.ts';
import { createGraphqlNames, readGraphql } from './graphql.ts';

const url = 'https://api.example.test/graphql';

function namesOf(sketches: Partial<Sketch>[]): string[][] {
  const nameOf = createGraphqlNames();
  return makeExchanges(sketches.map((sketch) => ({ method: 'POST', url, ...sketch }))).map((exchange) => {
    const address = readAddress(exchange.request.url);
    return address === null ? [] : readGraphql(exchange, address, createBodyReader()).map(nameOf);
  });
}

test.each<[string, Partial<Sketch>, string[]]>([
  ['operationName', { send: { operationName: 'Menu', query: 'query Other { a } query Menu { b }' } }, ['Menu']],
  [
    'the name in the document',
    { send: { query: '# c\nquery Orders($n: Int) { orders(first: $n) { id } }' } },
    ['Orders'],
  ],
  ['a fragment first', { send: { query: 'fragment F on T { id } mutation Save { save { ...F } }' } }, ['Save']],
  ['the root field', { send: { query: '{ viewer { id } }' } }, ['viewer']],
  ['the aliased root field', { send: { query: 'query { me: viewer { id } }' } }, ['viewer']],
  ['defaults with braces', { send: { query: 'query ($f: F = {a: {b: 1}}) { items(f: $f) { id } }' } }, ['items']],
  [
    'a persisted hash',
    { send: { extensions: { persistedQuery: { version: 1, sha256Hash: 'ab'.repeat(32) } }, variables: {} } },
    ['hash abababababab'],
  ],
  [
    'a persisted name',
    { send: { operationName: 'Top', extensions: { persistedQuery: { sha256Hash: 'ab' } } } },
    ['Top'],
  ],
  ['a bare query key', { url: `${url}?CurrentUser`, send: { query: '{ currentUser { id } }' } }, ['CurrentUser']],
  ['a batch', { send: [{ query: 'query A { a }' }, { query: 'query B { b }' }] }, ['A', 'B']],
  [
    'a GET',
    {
      method: 'GET',
      url: `${url}?operationName=Menu&extensions=${encodeURIComponent('{"persistedQuery":{"sha256Hash":"ab"}}')}`,
    },
    ['Menu'],
  ],
  ['application/graphql', { send: 'query Raw { raw }', sendType: 'application/graphql' }, ['Raw']],
  [
    'a form',
    {
      send: 'fb_api_req_friendly_name=Feed&doc_id=123456&variables=%7B%7D',
      sendType: 'application/x-www-form-urlencoded',
    },
    ['Feed'],
  ],
  ['a search for shoes', { url: 'https://api.example.test/find', send: { query: 'shoes {red}' } }, []],
  ['a search for a word of the language', { url: 'https://api.example.test/find', send: { query: 'query' } }, []],
])('%s', (_, sketch, names) => {
  expect(namesOf([sketch])).toEqual([names]);
});

test('unnamed documents are told apart by what they ask, not by spacing or values', () => {
  const found = namesOf([
    { send: { query: '{ org(id: 1) { name } }' } },
    { send: { query: '{\n  org(id: 2) {\n    name\n  }\n}' } },
    { send: { query: '{ org(id: 1) { teams { id } } }' } },
    { send: { query: '{ org(id: 1) { id teams(first: 3) { name } } }' } },
    { send: { query: '{ org(id: 1) { id } }' } },
  ]);
  expect(found).toEqual([['org'], ['org'], ['org.teams'], ['org.teams 2'], ['org 2']]);
});
