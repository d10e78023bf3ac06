import { expect, test } from 'vitest';
import { readPairs } from '../address.ts';
import { makeExchanges } from '../make-exchange.ts';
import { describeHeaders } from './header-parameters.ts';
import { roleOf } from './parameter-roles.ts';
import { describeQuery } from './query-parameters.ts';

test('types, required, repeated, roles', () => {
  const found = describeQuery(
    ['q=red+hat&page=1&tag=a&tag=b&exact=true&code=007', 'q=blue&page=2&min=1.5&code=008'].map(readPairs),
  );
  expect(found.map(({ name, required, schema, role }) => [name, required, schema, role])).toEqual([
    ['q', true, { type: 'string' }, 'search'],
    ['page', true, { type: 'integer' }, 'page'],
    ['tag', false, { type: 'array', items: { type: 'string' } }, 'filter'],
    ['exact', false, { type: 'boolean' }, 'other'],
    ['code', true, { type: 'string' }, 'other'],
    ['min', false, { type: 'number' }, 'other'],
  ]);
  expect(found[0]?.examples).toEqual(['red hat', 'blue']);
});

test('at most five examples, none of a signature', () => {
  const found = describeQuery(Array.from({ length: 9 }, (_, n) => readPairs(`n=${n}00&signature=abc${n}`)));
  expect(found[0]?.examples).toHaveLength(5);
  expect(found[1]?.examples).toEqual([]);
});

test.each([
  ['pageNumber', 'page'],
  ['page[size]', 'limit'],
  ['page[number]', 'page'],
  ['per_page', 'limit'],
  ['startIndex', 'offset'],
  ['nextPageToken', 'cursor'],
  ['sortBy', 'sort'],
  ['filter[color]', 'filter'],
  ['updated_after', 'filter'],
  ['productId', 'id'],
  ['colour', 'other'],
] as const)('%s is for %s', (name, role) => {
  expect(roleOf(name)).toBe(role);
});

test('own headers are named, common and credential ones are not', () => {
  const exchanges = makeExchanges([
    {
      url: 'https://a.test/x',
      headers: [
        ['X-Store-Id', '12'],
        ['x-request-id', 'abc'],
        ['X-Api-Key', 'k'],
        ['accept', '*/*'],
      ],
    },
    { url: 'https://a.test/x' },
  ]);
  expect(
    describeHeaders(exchanges, new Set(['x-api-key'])).map(({ name, required, schema }) => [
      name,
      required,
      schema.type,
    ]),
  ).toEqual([['x-store-id', false, 'integer']]);
});
