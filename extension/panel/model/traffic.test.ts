import { expect, test } from 'vitest';
import type { TrafficRow } from '../../messages.ts';
import { describeTraffic, EMPTY_TRAFFIC, filterTraffic, mergeTraffic } from './traffic.ts';

function row(seq: number, key: string, extra: Partial<TrafficRow> = {}): TrafficRow {
  return {
    seq,
    key,
    method: 'GET',
    url: `https://shop.example/api/${key}?page=1`,
    resourceType: 'Fetch',
    status: 200,
    bytes: 10,
    lost: null,
    state: 'done',
    thirdParty: false,
    ...extra,
  };
}

test('a later row takes the place of the earlier one with its key', () => {
  const first = mergeTraffic(EMPTY_TRAFFIC, [row(1, 'a', { state: 'pending', status: null }), row(2, 'b')]);
  const second = mergeTraffic(first, [row(3, 'a'), row(4, 'c')]);
  expect(second.rows.map((each) => [each.key, each.seq])).toEqual([
    ['a', 3],
    ['b', 2],
    ['c', 4],
  ]);
  expect(second.lastSeq).toBe(4);
  expect(first.rows[0]?.state).toBe('pending');
});

test('an answer that comes late does not undo a newer row', () => {
  const merged = mergeTraffic(mergeTraffic(EMPTY_TRAFFIC, [row(5, 'a')]), [row(1, 'a', { state: 'pending' })]);
  expect(merged.rows).toEqual([row(5, 'a')]);
  expect(merged.lastSeq).toBe(5);
});

test('nothing new keeps the same object, so nothing is drawn again', () => {
  expect(mergeTraffic(EMPTY_TRAFFIC, [])).toBe(EMPTY_TRAFFIC);
});

test('the filter takes all words, any case, and the party', () => {
  const rows = [
    row(1, 'products'),
    row(2, 'cart', { method: 'POST', status: 201 }),
    row(3, 'collect', { thirdParty: true }),
  ];
  const keys = (text: string, party: 'all' | 'first' | 'third' = 'all') =>
    filterTraffic(rows, { text, party }).map((each) => each.key);
  expect(keys('')).toEqual(['products', 'cart', 'collect']);
  expect(keys('post  CART')).toEqual(['cart']);
  expect(keys('201')).toEqual(['cart']);
  expect(keys('', 'first')).toEqual(['products', 'cart']);
  expect(keys('api', 'third')).toEqual(['collect']);
  expect(keys('nothing-like-it')).toEqual([]);
});

test('a row is described by path, host and tone, also where the address is odd', () => {
  expect(describeTraffic(row(1, 'a'))).toMatchObject({
    path: '/api/a?page=1',
    host: 'shop.example',
    type: 'fetch',
    status: '200',
    tone: 'ok',
  });
  expect(describeTraffic(row(1, 'a', { status: 302 })).tone).toBe('moved');
  expect(describeTraffic(row(1, 'a', { status: 404 })).tone).toBe('bad');
  expect(describeTraffic(row(1, 'a', { status: null, state: 'pending' }))).toMatchObject({
    status: '…',
    tone: 'pending',
  });
  expect(describeTraffic(row(1, 'a', { status: null, state: 'failed' }))).toMatchObject({
    status: 'failed',
    tone: 'bad',
  });
  expect(describeTraffic(row(1, 'a', { url: 'not an address' }))).toMatchObject({ path: 'not an address', host: '' });
});
