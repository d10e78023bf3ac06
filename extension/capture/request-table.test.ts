import { expect, it } from 'vitest';
import { RequestTable } from './request-table.ts';
import { type TrackedRequest, trackedRequestSchema } from './tracked-request.ts';

const tab = { tabId: 1 };
const child = { tabId: 1, sessionId: 'S' };
const url = 'https://shop.test/api';

function createTable(saved: readonly TrackedRequest[] = []) {
  const kept = new Map<string, TrackedRequest>();
  const deps = {
    pageUrl: () => 'https://www.shop.test/',
    onChange: (request: TrackedRequest) => void kept.set(request.key, trackedRequestSchema.parse(request)),
    onForget: (key: string) => void kept.delete(key),
  };
  return { table: new RequestTable(deps, saved), kept };
}

const sent = (requestId: string, address = url, fields = {}) => ({
  requestId,
  type: 'Fetch',
  frameId: 'F',
  loaderId: 'L',
  request: { url: address, method: 'GET', headers: {} },
  ...fields,
});
const received = (requestId: string, fields = {}) => ({
  requestId,
  type: 'Fetch',
  response: { url, status: 200, mimeType: 'application/json', ...fields },
});

it('follows a request over the sessions of its tab', () => {
  const { table } = createTable();
  table.sent(tab, sent('r'));
  table.received(child, received('r'));
  table.data(child, { requestId: 'r', dataLength: 40 });
  const ended = table.ended(child, { requestId: 'r' }, false);
  expect(ended).toMatchObject({ sessionId: 'S', answered: true, body: 'waiting' });
  expect(ended?.row).toMatchObject({ status: 200, bytes: 40, state: 'done', thirdParty: false });
});

it('counts hops, and takes the memory cache’s answers under an old id as already recorded', () => {
  const { table } = createTable();
  table.sent(tab, sent('r'));
  const hop = table.sent(tab, sent('r', `${url}/2`, { redirectResponse: { status: 302 } }))?.request;
  expect(hop).toMatchObject({ hop: 1, body: 'waiting' });
  if (hop !== undefined) table.update(hop, { body: 'done' });
  expect(table.sent(tab, sent('r', `${url}/2`))?.request).toMatchObject({ hop: 0, body: 'done' });
});

it('leaves alone what is not sent over the network or cannot be read', () => {
  const { table } = createTable();
  expect(table.sent(tab, sent('r', 'data:text/plain,x'))).toBeNull();
  expect(table.sent(tab, { requestId: 'r' })).toBeNull();
  expect(table.ended(tab, { requestId: 'unknown' }, true)).toBeNull();
  expect(table.rows(0)).toEqual([]);
});

it('changes what is known now, whatever older copy it is given', () => {
  const { table } = createTable();
  const first = table.sent(tab, sent('r'))?.request;
  if (first === undefined) throw new Error('not tracked');
  table.update(first, { streamed: true });
  expect(table.update(first, { requestBody: 'wanted' })).toMatchObject({ streamed: true, requestBody: 'wanted' });
});

it('numbers rows upward, also after it was saved', () => {
  const { table, kept } = createTable();
  table.sent(tab, sent('a'));
  table.sent(tab, sent('b', 'https://cdn.other.test/x'));
  const { seq } = table.rows(0).at(-1) ?? { seq: 0 };
  const again = createTable([...kept.values()]).table;
  expect(again.rows(0)).toEqual(table.rows(0));
  again.received(tab, received('a'));
  expect(again.rows(seq).map((row) => [row.url, row.seq > seq])).toEqual([[url, true]]);
  expect(
    again
      .rows(0)
      .map((row) => row.thirdParty)
      .sort(),
  ).toEqual([false, true]);
});

it('stays small: forgets the oldest that are done, never those under way', () => {
  const { table, kept } = createTable();
  table.sent(tab, sent('open'));
  for (let n = 0; n < 3000; n++) {
    table.sent(tab, sent(`r${n}`));
    const ended = table.ended(tab, { requestId: `r${n}` }, false);
    if (ended !== null) table.update(ended, { body: 'done' });
  }
  expect(kept.size).toBeLessThanOrEqual(2001);
  expect(table.find(tab, 'open')).toBeDefined();
  expect(table.find(tab, 'r0')).toBeUndefined();
});
