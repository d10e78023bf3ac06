import { expect, test } from 'vitest';
import { createBodyReader } from '../body-reading.ts';
import { makeExchanges } from '../make-exchange.ts';
import { findMisfit } from '../schema/check.ts';
import { shortenExample } from './examples.ts';
import { readMultipart } from './forms.ts';
import { describeMessages, describeRequests, describeResponses } from './payloads.ts';

const url = 'https://a.test/x';
const read = createBodyReader();

test('answers by status and media type; guarded and line-separated JSON is JSON', () => {
  const exchanges = makeExchanges([
    { url, answer: ')]}\',\n{"a":1}', answerType: 'application/json' },
    { url, answer: '{"a":1}\n{"a":null}\n', answerType: 'application/x-ndjson' },
    { url, status: 404, answer: { error: 'x' } },
    { url, status: 204 },
    { url, answer: 'plain', answerType: 'text/csv' },
  ]);
  expect(
    describeResponses(exchanges, read).map(({ status, payloads }) => [
      status,
      payloads.map(({ mediaType, schema }) => [mediaType, schema.type]),
    ]),
  ).toEqual([
    [
      200,
      [
        ['application/json', 'object'],
        ['application/x-ndjson', 'object'],
        ['text/csv', 'string'],
      ],
    ],
    [204, []],
    [404, [['application/json', 'object']]],
  ]);
});

test('forms are objects, files are binary', () => {
  const body =
    '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nhello\r\n--b\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\u0001\u0002\r\n--b--\r\n';
  const exchanges = makeExchanges([
    { method: 'POST', url, send: 'page=2&tag=a&tag=b&on=true', sendType: 'application/x-www-form-urlencoded' },
    { method: 'POST', url, send: body, sendType: 'multipart/form-data; boundary=b' },
  ]);
  const [form, multipart] = describeRequests(exchanges, read);
  expect(form?.schema.properties).toEqual({
    page: { type: 'integer' },
    tag: { type: 'array', items: { type: 'string' } },
    on: { type: 'boolean' },
  });
  expect(multipart?.schema.properties).toEqual({
    title: { type: 'string' },
    photo: { type: 'string', format: 'binary' },
  });
  expect(readMultipart(body, 'multipart/form-data').map(({ name }) => name)).toEqual(['title', 'photo']);
});

test('a body whose type says JSON and is none says nothing', () => {
  const [answer] = describeResponses(makeExchanges([{ url, answer: '<html>', answerType: 'application/json' }]), read);
  expect(answer?.payloads).toEqual([{ mediaType: 'application/json', schema: {}, samples: 1 }]);
});

test('messages of a stream', () => {
  const message = (data: string) => ({ t: 0, direction: 'received', data }) as const;
  expect(
    describeMessages([message('{"a":1}'), message('{"b":2}')], 'text/event-stream', read)?.schema.properties,
  ).toEqual({
    a: { type: 'integer' },
    b: { type: 'integer' },
  });
  expect(describeMessages([], 'text/event-stream', read)).toBeNull();
});

test('an example is short and fits the schema', () => {
  const rows = Array.from({ length: 500 }, (_, n) => ({ id: n, name: 'x'.repeat(50) }));
  const [answer] = describeResponses(makeExchanges([{ url, answer: { rows } }]), read);
  const payload = answer?.payloads[0];
  expect(JSON.stringify(payload?.example).length).toBeLessThan(4001);
  expect(findMisfit(payload?.schema ?? {}, payload?.example)).toBeNull();
  expect(shortenExample('x'.repeat(9000))).toBeUndefined();
});
