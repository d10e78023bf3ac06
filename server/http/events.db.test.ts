import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createdScanSchema, eventsAnswerSchema, type EventsAnswer } from '#shared/api.ts';
import { errorBodySchema } from '#shared/errors.ts';
import { asAccount } from '../db/client.ts';
import { appendEvents } from '../db/scan-rows.ts';
import { scans } from '../db/schema/index.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { NEW_SCAN, startTestServer, type TestCaller, type TestServer } from '../testing/api-server.ts';

let server: TestServer;
let caller: TestCaller;
let scanId: string;

beforeAll(async () => {
  server = await startTestServer();
  caller = await server.addCaller();
});
afterAll(() => server.close());
beforeEach(async () => {
  scanId = createdScanSchema.parse(
    (await server.send('POST', '/scans', { key: caller.key, json: NEW_SCAN })).json,
  ).scanId;
});

const add = (...messages: string[]) =>
  asAccount(server.deps.db, caller.accountId, (tx) =>
    appendEvents(
      tx,
      scanId,
      messages.map((message) => ({ step: 'ingest', status: 'progress', message: asScrubbed(message) })),
    ),
  );
const end = () =>
  asAccount(server.deps.db, caller.accountId, async (tx) => {
    await tx.update(scans).set({ status: 'complete', verdict: 'Done' });
    await appendEvents(tx, scanId, [{ step: 'scan', status: 'complete', message: asScrubbed('Done') }]);
  });
const ask = async (query = ''): Promise<EventsAnswer> =>
  eventsAnswerSchema.parse((await server.send('GET', `/scans/${scanId}/events${query}`, { key: caller.key })).json);
const messagesOf = ({ events }: EventsAnswer): string[] => events.map(({ message }) => message);

it('gives events after the cursor, in order, none twice', async () => {
  await add('one', 'two');
  const first = await ask();
  expect([messagesOf(first), first.cursor, first.scan.status]).toEqual([['one', 'two'], 2, 'recording']);
  await add('three');
  const next = await ask(`?since=${first.cursor}`);
  expect([messagesOf(next), next.events[0]?.seq, next.cursor]).toEqual([['three'], 3, 3]);
  expect(await ask('?since=3')).toMatchObject({ events: [], cursor: 3 });
});

it('takes a time as a cursor', async () => {
  await add('before');
  const [event] = (await ask()).events;
  await add('after');
  const answer = await ask(`?since=${encodeURIComponent(event?.createdAt ?? '')}`);
  expect(messagesOf(answer)).toContain('after');
  expect(await ask('?since=2000-01-01T00:00:00Z')).toMatchObject({ cursor: 2 });
  expect(await ask('?since=2999-01-01T00:00:00%2B01:00')).toMatchObject({ events: [], cursor: 2 });
});

it.each(['since=soon', 'since=-1', 'waitMs=25001', 'waitMs=x'])('refuses %s', async (query) => {
  const answer = await server.send('GET', `/scans/${scanId}/events?${query}`, { key: caller.key });
  expect([answer.status, errorBodySchema.parse(answer.json).error.code]).toEqual([422, 'INVALID_BODY']);
});

it('holds a long poll until something happens', async () => {
  const waiting = ask('?since=0&waitMs=25000');
  let answered = false;
  void waiting.then(() => (answered = true));
  await expect.poll(async () => (await server.send('GET', '/healthz')).status).toBe(200);
  expect(answered).toBe(false);
  await add('now');
  expect(messagesOf(await waiting)).toEqual(['now']);
});

it('holds no database connection while it waits', async () => {
  const pool = 10;
  const waiting = Array.from({ length: pool * 3 }, () => ask('?since=0&waitMs=25000'));
  expect((await server.send('GET', '/readyz')).status).toBe(200);
  await add('now');
  for (const answer of await Promise.all(waiting)) expect(messagesOf(answer)).toEqual(['now']);
});

it('answers a long poll of an ended scan at once, and an empty one when its time is over', async () => {
  expect(messagesOf(await ask('?waitMs=50'))).toEqual([]);
  await end();
  const answer = await ask('?since=1&waitMs=25000');
  expect(answer).toMatchObject({ events: [], scan: { status: 'complete', verdict: 'Done' } });
});

interface Message {
  id?: string;
  event?: string;
  data: string;
}

/** Reads server-sent events until `enough` says so, then leaves. */
async function listen(
  headers: Record<string, string>,
  enough: (messages: Message[]) => boolean,
): Promise<{ status: number; messages: Message[] }> {
  const leaving = new AbortController();
  const answer = await fetch(new URL(`/scans/${scanId}/events/stream`, server.url), {
    headers: { Authorization: `Bearer ${caller.key}`, ...headers },
    signal: leaving.signal,
  });
  const messages: Message[] = [];
  let text = '';
  const decoder = new TextDecoder();
  if (answer.status === 200 && answer.body !== null) {
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
        const [id, event, data] = [field('id'), field('event'), field('data')];
        if (data !== undefined) {
          messages.push({ data, ...(id === undefined ? {} : { id }), ...(event === undefined ? {} : { event }) });
        }
      }
      if (enough(messages)) break;
    }
  }
  leaving.abort();
  return { status: answer.status, messages };
}
const events = (messages: Message[]): Message[] => messages.filter(({ event }) => event === undefined);

it('streams the same events with their numbers and resumes after any of them', async () => {
  await add('one');
  const listening = listen({}, (messages) => events(messages).length >= 3);
  await add('two', 'three');
  const first = await listening;
  expect(events(first.messages).map(({ id }) => id)).toEqual(['1', '2', '3']);
  expect(JSON.parse(events(first.messages)[0]?.data ?? '{}')).toMatchObject({ seq: 1, message: 'one' });
  const resumed = await listen({ 'Last-Event-ID': '2' }, (messages) => events(messages).length >= 1);
  expect(events(resumed.messages).map(({ id }) => id)).toEqual(['3']);
});

it('loses and repeats nothing over many interrupted streams while events are written', async () => {
  const total = 120;
  const writing = (async () => {
    for (let n = 0; n < total; n++) await add(`event ${n}`);
  })();
  const seen: number[] = [];
  let streams = 0;
  while (seen.length < total) {
    streams += 1;
    const { messages } = await listen(
      seen.length === 0 ? {} : { 'Last-Event-ID': String(seen.at(-1)) },
      (got) => events(got).length >= Math.min(1 + (streams % 7), total - seen.length),
    );
    seen.push(...events(messages).map(({ id }) => Number(id)));
  }
  await writing;
  expect(seen).toEqual(Array.from({ length: total }, (_, n) => n + 1));
  expect(streams).toBeGreaterThan(10);
});

it('ends the stream with the scan and has nothing more to say after that', async () => {
  await add('one');
  const listening = listen({}, () => false);
  await end();
  const { messages } = await listening;
  expect(events(messages).map(({ id }) => id)).toEqual(['1', '2']);
  expect(JSON.parse(messages.findLast(({ event }) => event === 'scan')?.data ?? '{}')).toMatchObject({
    status: 'complete',
  });
  expect((await listen({ 'Last-Event-ID': '2' }, () => true)).status).toBe(204);
});

it('ends a stream whose key is revoked', async () => {
  const { accountId } = caller;
  const made = await server.send('POST', '/keys', { key: caller.key, json: { name: 'stream' } });
  const { id, key } = made.json as { id: string; key: string };
  expect(accountId).not.toBe('');
  const listening = listen({ Authorization: `Bearer ${key}` }, () => false);
  await add('one');
  await expect.poll(async () => (await server.send('DELETE', `/keys/${id}`, { key: caller.key })).status).toBe(204);
  await add('secret');
  const { messages } = await listening;
  expect(
    events(messages)
      .map(({ data }) => data)
      .join(''),
  ).not.toContain('secret');
});
