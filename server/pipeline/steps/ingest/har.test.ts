import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../errors.ts';
import { exchangeSchema } from '#shared/exchange.ts';
import { importHar } from './har.ts';

const entry = (extra: Record<string, unknown> = {}): Record<string, unknown> => ({
  startedDateTime: '2026-01-02T03:04:05.000Z',
  time: 12,
  request: { method: 'GET', url: 'https://shop.example.test/api/items', headers: [] },
  response: {
    status: 200,
    statusText: 'OK',
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    content: { size: 11, mimeType: 'application/json', text: '{"a":[1,2]}' },
  },
  ...extra,
});
const har = (...entries: unknown[]): string => JSON.stringify({ log: { version: '1.2', entries } });

function problemOf(text: string): string {
  try {
    importHar(text);
  } catch (error) {
    if (isAppError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('importHar', () => {
  it('reads a plain file, and the same with a BOM, without the wrapper, as a list and as one entry', () => {
    const plain = importHar(har(entry()));
    expect(plain.exchanges).toHaveLength(1);
    expect(plain.exchanges[0]).toMatchObject({ id: 'x0', requestId: 'har-0', resourceType: 'xhr', durationMs: 12 });
    expect(plain.exchanges[0]?.response?.body).toEqual({
      mimeType: 'application/json',
      bytes: 11,
      text: '{"a":[1,2]}',
    });
    for (const other of [
      `\uFEFF${har(entry())}`,
      JSON.stringify({ entries: [entry()] }),
      JSON.stringify([entry()]),
      JSON.stringify(entry()),
      JSON.stringify([{ log: { entries: [entry()] } }]),
    ]) {
      expect(importHar(other)).toEqual(plain);
    }
  });

  it('keeps the whole entries of a file that was cut off and counts the rest', () => {
    const whole = har(entry(), entry({ time: 13 }), entry({ time: 14 }));
    for (let length = whole.indexOf('"entries"') + 600; length < whole.length; length += 37) {
      const { exchanges, conversion, gaps } = importHar(whole.slice(0, length));
      expect(exchanges.length).toBeGreaterThan(0);
      expect(conversion.entries).toBe(conversion.kept + conversion.leftOut.reduce((sum, { count }) => sum + count, 0));
      expect(gaps).toHaveLength(1);
    }
  });

  it.each([
    ['', 'empty'],
    ['<!doctype html><title>x</title>', 'web page'],
    ['hello', 'does not begin'],
    ['{"openapi":"3.1.0","paths":{}}', 'OpenAPI'],
    ['{"info":{},"item":[]}', 'Postman'],
    ['{"log":{"version":"1.2"}}', 'no list of entries'],
    ['{"a":1}', 'no log'],
    ['{"a":', 'cannot be read'],
    ['[1,2]', 'without requests'],
    ['{"log":{"entries":[{"request":{"method":"GE', 'cut off before'],
  ])('says of %j what it is instead', (text, problem) => {
    expect(problemOf(text)).toMatch(/^INVALID_BODY: This is not a HAR file: .*Export the network log/);
    expect(problemOf(text)).toContain(problem);
  });

  it('leaves entries out only with a reason and numbers the others by their place', () => {
    const request = (url: unknown): Record<string, unknown> => entry({ request: { method: 'GET', url } });
    const { exchanges, conversion } = importHar(
      har(
        null,
        5,
        {},
        request(''),
        request('/relative'),
        request('data:text/plain,x'),
        request('chrome-extension://a/b'),
        entry(),
      ),
    );
    expect(exchanges.map(({ id }) => id)).toEqual(['x7']);
    expect(conversion).toMatchObject({ entries: 8, kept: 1 });
    expect(conversion.leftOut).toEqual([
      { reason: 'the entry is not an object', count: 2, items: ['x0', 'x1'] },
      { reason: 'the entry has no request', count: 1, items: ['x2'] },
      { reason: 'the entry has no address', count: 1, items: ['x3'] },
      { reason: 'the address is not a complete URL', count: 1, items: ['x4'] },
      { reason: 'not sent over the network', count: 2, items: ['x5', 'x6'] },
    ]);
  });

  it('takes odd values: numbers as headers, sizes and statuses as text, headers as an object, no times', () => {
    const { exchanges } = importHar(
      har({
        request: {
          method: 'post',
          url: 'https://shop.example.test/a',
          headers: { 'Content-Length': 12, 'X-List': ['a', 'b'], ':authority': 'shop.example.test' },
        },
        response: {
          status: '201',
          headers: [{ name: 'Age', value: 7 }, { value: 'x' }, null],
          content: { size: '42' },
        },
        time: '17.5',
      }),
    );
    const [exchange] = exchanges;
    expect(exchangeSchema.safeParse(exchange).success).toBe(true);
    expect(exchange).toMatchObject({ durationMs: 17.5, startedAt: '1970-01-01T00:00:00.000Z' });
    expect(exchange?.request).toMatchObject({
      method: 'POST',
      headers: [
        ['Content-Length', '12'],
        ['X-List', 'a'],
        ['X-List', 'b'],
      ],
    });
    expect(exchange?.response).toMatchObject({
      status: 201,
      headers: [['Age', '7']],
      body: { bytes: 42, lost: 'not-available' },
    });
  });

  it('says why there is no response', () => {
    const { exchanges } = importHar(
      har(
        entry({ response: undefined }),
        entry({ response: { status: 0, _error: 'net::ERR_ABORTED' } }),
        entry({ response: null, _error: 'net::ERR_BLOCKED_BY_CLIENT' }),
      ),
    );
    expect(exchanges.map(({ response }) => response)).toEqual([null, null, null]);
    expect(exchanges.map(({ error }) => error)).toEqual([
      { text: 'The file holds no response.', canceled: false },
      { text: 'net::ERR_ABORTED', canceled: true },
      { text: 'net::ERR_BLOCKED_BY_CLIENT', canceled: false },
    ]);
  });

  it('decodes base64 text, keeps binary as base64, and notes bodies in other files as lost', () => {
    const content = (value: Record<string, unknown>): Record<string, unknown> =>
      entry({ response: { status: 200, headers: [], content: value } });
    const { exchanges } = importHar(
      har(
        content({
          mimeType: 'application/json',
          encoding: 'base64',
          text: Buffer.from('{"ü":1}').toString('base64'),
          size: 8,
        }),
        content({ mimeType: 'image/png', encoding: 'base64', text: 'iVBORw0KGgo=', size: 8 }),
        content({ mimeType: 'text/html', _file: 'abc.html', size: 900 }),
        content({ mimeType: 'text/plain', size: 0 }),
      ),
    );
    expect(exchanges.map(({ response }) => response?.body)).toEqual([
      { mimeType: 'application/json', bytes: 8, text: '{"ü":1}' },
      { mimeType: 'image/png', bytes: 8, base64: 'iVBORw0KGgo=' },
      { mimeType: 'text/html', bytes: 900, lost: 'not-available' },
      null,
    ]);
  });

  it('takes the text of a request body before its parameters, and builds it from them when there is none', () => {
    const posted = (postData: unknown): Record<string, unknown> =>
      entry({ request: { method: 'POST', url: 'https://shop.example.test/a', headers: [], postData } });
    const params = [
      { name: 'a b', value: 'x&y' },
      { name: 'c', value: 1 },
    ];
    const { exchanges } = importHar(
      har(
        posted({ mimeType: 'application/json', text: '{"a":1}', params }),
        posted({ mimeType: 'application/x-www-form-urlencoded', params }),
        posted({
          mimeType: 'multipart/form-data',
          params: [{ name: 'f', fileName: 'a.txt', contentType: 'text/plain', value: 'hi' }],
        }),
        posted('plain'),
        posted({ mimeType: 'text/plain', text: '' }),
      ),
    );
    const bodies = exchanges.map(({ request }) => request.body);
    expect(bodies[0]?.text).toBe('{"a":1}');
    expect(bodies[1]?.text).toBe('a+b=x%26y&c=1');
    expect(bodies[2]?.mimeType).toBe('multipart/form-data; boundary=----recon-form-data');
    expect(bodies[2]?.text).toContain('name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhi\r\n');
    expect(bodies[3]?.text).toBe('plain');
    expect(bodies[4]).toBeNull();
  });

  it('takes cookies and query from their lists when the headers and the address lack them', () => {
    const { exchanges } = importHar(
      har(
        entry({
          request: {
            method: 'GET',
            url: 'https://shop.example.test/a#top',
            headers: [],
            cookies: [{ name: 'sid', value: '1' }],
            queryString: [
              { name: 'q', value: 'blue mug' },
              { name: 'p', value: 'a%20b' },
            ],
          },
          response: { status: 200, headers: [], cookies: [{ name: 'n', value: 'v' }], content: {} },
        }),
      ),
    );
    expect(exchanges[0]?.request.url).toBe('https://shop.example.test/a?q=blue%20mug&p=a%20b#top');
    expect(exchanges[0]?.request.headers).toEqual([['Cookie', 'sid=1']]);
    expect(exchanges[0]?.response?.headers).toEqual([['Set-Cookie', 'n=v']]);
  });

  it('reads WebSocket messages, initiators, cache and page, and links redirects and preflights', () => {
    const at = (second: number): string => `2026-01-02T03:04:0${second}.000Z`;
    const text = JSON.stringify({
      log: {
        pages: [{ id: 'p1', title: 'https://shop.example.test/' }],
        entries: [
          entry({
            startedDateTime: at(5),
            request: { method: 'GET', url: 'wss://shop.example.test/live', headers: [] },
            response: { status: 101, headers: [], content: {} },
            _webSocketMessages: [
              { type: 'send', time: Date.parse(at(5)) / 1000 + 0.5, opcode: 1, data: 'hi' },
              { type: 'receive', time: Date.parse(at(5)) / 1000 + 1, opcode: 2, data: 'AAE=' },
            ],
          }),
          entry({
            startedDateTime: at(1),
            pageref: 'p1',
            _fromCache: 'disk',
            _initiator: { type: 'script', stack: { callFrames: [{ url: 'https://shop.example.test/app.js' }] } },
            request: { method: 'GET', url: 'https://shop.example.test/old', headers: [] },
            response: { status: 302, headers: [{ name: 'location', value: '/new' }], content: {} },
          }),
          entry({
            startedDateTime: at(2),
            request: { method: 'GET', url: 'https://shop.example.test/new', headers: [] },
          }),
          entry({
            startedDateTime: at(3),
            request: {
              method: 'OPTIONS',
              url: 'https://api.example.test/x',
              headers: [{ name: 'Access-Control-Request-Method', value: 'PUT' }],
            },
          }),
          entry({ startedDateTime: at(4), request: { method: 'PUT', url: 'https://api.example.test/x', headers: [] } }),
        ],
      },
    });
    const { exchanges } = importHar(text);
    expect(exchanges.map(({ id }) => id)).toEqual(['x1', 'x2', 'x3', 'x4', 'x0']);
    expect(exchanges[0]).toMatchObject({
      redirectTo: 'x2',
      documentUrl: 'https://shop.example.test/',
      initiator: { type: 'script', url: 'https://shop.example.test/app.js' },
      response: { fromCache: 'disk' },
    });
    expect(exchanges[2]).toMatchObject({ resourceType: 'preflight', preflightOf: 'x4' });
    expect(exchanges[4]).toMatchObject({
      resourceType: 'websocket',
      messages: [
        { t: 500, direction: 'sent', data: 'hi' },
        { t: 1000, direction: 'received', data: 'AAE=', base64: true },
      ],
    });
  });

  it('gives exchanges of the right form for entries in which anything may be anything', () => {
    const values: unknown[] = [null, 0, -1, '', 'x', true, [], {}, [null], { name: 1 }, 1e99, '9e99'];
    const keys = [
      'startedDateTime',
      'time',
      'response',
      'pageref',
      '_initiator',
      '_webSocketMessages',
      'serverIPAddress',
      '_error',
    ];
    const inner = [
      'headers',
      'cookies',
      'postData',
      'bodySize',
      'httpVersion',
      'queryString',
      'method',
      'status',
      'content',
      'statusText',
    ];
    const entries = values.flatMap((value) => [
      ...keys.map((key) => entry({ [key]: value })),
      ...inner.map((key) =>
        entry({
          request: { method: 'GET', url: 'https://shop.example.test/a', headers: [], [key]: value },
          response: { status: 200, headers: [], content: { text: 'x' }, [key]: value },
        }),
      ),
    ]);
    const { exchanges, conversion } = importHar(har(...entries));
    expect(conversion.kept).toBe(entries.length);
    for (const exchange of exchanges) expect(exchangeSchema.safeParse(exchange).error).toBeUndefined();
  });
});
