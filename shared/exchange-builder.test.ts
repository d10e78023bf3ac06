import { describe, expect, it } from 'vitest';
import type { CaptureLine } from './capture.ts';
import { exchangeSchema, type Exchange } from './exchange.ts';
import { buildExchanges } from './exchange-builder.ts';
import { TerseLog, WALL_START } from './exchange-builder/terse-log.ts';

const A = 'https://shop.test/api/a';
const B = 'https://shop.test/api/b';
const C = 'https://shop.test/api/c';

function build(log: TerseLog): Exchange[] {
  const { exchanges } = buildExchanges(log.lines);
  for (const exchange of exchanges) exchangeSchema.parse(exchange);
  return exchanges;
}

function only(log: TerseLog): Exchange {
  const exchanges = build(log);
  expect(exchanges).toHaveLength(1);
  const [exchange] = exchanges;
  if (exchange === undefined) throw new Error('no exchange');
  return exchange;
}

describe('one request', () => {
  it('takes the headers of the wire, splits cookies and drops pseudo headers', () => {
    const exchange = only(
      new TerseLog()
        .sentExtra('1', { ':method': 'GET', ':path': '/api/a', accept: '*/*', cookie: 'id=1' })
        .sent('1', A, {}, { headers: { accept: 'other' } })
        .response('1', A, 200, { headers: { 'content-type': 'application/json' }, protocol: 'h2' })
        .finished('1')
        .body('1', { data: '{"a":1}' })
        .responseExtra('1', 200, { 'content-type': 'application/json', 'set-cookie': 'a=1; Path=/\nb=2' }),
    );
    expect(exchange.request.headers).toEqual([
      ['accept', '*/*'],
      ['cookie', 'id=1'],
    ]);
    expect(exchange.response?.headers).toEqual([
      ['content-type', 'application/json'],
      ['set-cookie', 'a=1; Path=/'],
      ['set-cookie', 'b=2'],
    ]);
    expect(exchange.response?.httpVersion).toBe('HTTP/2');
    expect(exchange.response?.body).toMatchObject({ text: '{"a":1}', mimeType: 'application/json' });
    expect(exchange).toMatchObject({ id: 'x0', incomplete: null, error: null, resourceType: 'fetch' });
    expect(exchange.startedAt).toBe(new Date(WALL_START * 1000 + 20).toISOString());
    expect(exchange.durationMs).toBe(20);
  });

  it('keeps the order and repetition of an HTTP/1 answer from its text', () => {
    const headersText = 'HTTP/1.1 200 OK\r\nX-B: 1\r\nX-A: 2\r\nX-B: 3\r\n\r\n';
    const exchange = only(
      new TerseLog()
        .sent('1', A)
        .response('1', A, 200)
        .responseExtra('1', 200, { 'X-A': '2' }, { headersText })
        .finished('1'),
    );
    expect(exchange.response?.headers).toEqual([
      ['X-B', '1'],
      ['X-A', '2'],
      ['X-B', '3'],
    ]);
  });

  it('answers a revalidated request with 304, the stored headers and body, and the new cookies', () => {
    const exchange = only(
      new TerseLog()
        .sent('1', A)
        .response('1', A, 200, { headers: { 'content-type': 'application/json', etag: 'x' } })
        .responseExtra('1', 304, { etag: 'x', 'set-cookie': 'seen=1' })
        .finished('1')
        .body('1', { data: '[]' }),
    );
    expect(exchange.response).toMatchObject({
      status: 304,
      statusText: 'Not Modified',
      fromCache: 'disk',
      body: { text: '[]' },
    });
    expect(exchange.response?.headers).toContainEqual(['content-type', 'application/json']);
    expect(exchange.response?.headers).toContainEqual(['set-cookie', 'seen=1']);
  });

  it.each([
    ['memory', (log: TerseLog) => log.servedFromCache('1').response('1', A, 200, {}, { hasExtraInfo: false })],
    ['disk', (log: TerseLog) => log.response('1', A, 200, { fromDiskCache: true }, { hasExtraInfo: false })],
    ['prefetch', (log: TerseLog) => log.response('1', A, 200, { fromPrefetchCache: true }, { hasExtraInfo: false })],
    [
      'service-worker',
      (log: TerseLog) => log.response('1', A, 200, { fromServiceWorker: true }, { hasExtraInfo: false }),
    ],
  ] as const)('names the %s cache', (kind, answer) => {
    expect(only(answer(new TerseLog().sent('1', A)).finished('1')).response?.fromCache).toBe(kind);
  });

  it('makes one exchange of each time the memory cache answers under the old id', () => {
    const again = { hasExtraInfo: false };
    const exchanges = build(
      new TerseLog()
        .whole('1', A, '{}')
        .sent('1', A)
        .servedFromCache('1')
        .response('1', A, 200, {}, again)
        .finished('1')
        .sentExtra('2', {}),
    );
    expect(
      exchanges.map(({ response }) => [response?.fromCache, response?.body?.text, response?.headers.length]),
    ).toEqual([
      [null, '{}', 3],
      ['memory', '{}', 0],
    ]);
    expect(exchanges.map(({ redirectTo, incomplete }) => redirectTo ?? incomplete)).toEqual([null, null]);
  });

  it('knows the status of an answer that CORS withheld', () => {
    const exchange = only(
      new TerseLog()
        .sent('1', A)
        .responseExtra('1', 200, { 'content-type': 'application/json' })
        .failed('1', 'net::ERR_FAILED', { corsErrorStatus: { corsError: 'MissingAllowOriginHeader' } }),
    );
    expect(exchange.response).toMatchObject({ status: 200, mimeType: 'application/json', body: { lost: 'cors' } });
    expect(exchange.error).toEqual({ text: 'net::ERR_FAILED', canceled: false, blocked: 'MissingAllowOriginHeader' });
    expect(exchange.incomplete).toBeNull();
  });

  it('keeps a refused request without an answer', () => {
    const exchange = only(new TerseLog().sent('1', A).failed('1', 'net::ERR_CONNECTION_REFUSED'));
    expect(exchange.response).toBeNull();
    expect(exchange.error?.text).toBe('net::ERR_CONNECTION_REFUSED');
  });

  it('takes what is left of a request that began before the recording', () => {
    const log = new TerseLog().response('1', A, 200, {}, { hasExtraInfo: false, type: 'Other' }).finished('1');
    const exchange = only(log);
    expect(exchange.request.url).toBe(A);
    expect(exchange.incomplete).toBe('it began before the recording');
  });

  it('says when a request ended without an answer being reported, as the script of a service worker does', () => {
    const exchange = only(new TerseLog().sent('1', A).data('1', 3).finished('1').body('1', { data: 'abc' }));
    expect(exchange).toMatchObject({
      response: null,
      error: null,
      incomplete: 'the browser did not report its answer',
    });
  });

  it('names a download as such', () => {
    const exchange = only(
      new TerseLog()
        .sent('1', A, { type: 'Document', loaderId: '1' })
        .event('Page.downloadWillBegin', { frameId: 'F1', guid: 'g', url: A })
        .failed('1', 'net::ERR_ABORTED', { canceled: true })
        .responseExtra('1', 200, { 'content-type': 'application/zip' }),
    );
    expect(exchange.response).toMatchObject({ status: 200, body: { lost: 'download' } });
  });
});

describe('redirects', () => {
  const chain = () =>
    new TerseLog()
      .sent('1', A, {}, { method: 'POST', hasPostData: true })
      .body('1', { of: 'request', hop: 0, data: '{"q":1}' })
      .sentExtra('1', { cookie: 'hop=0' })
      .redirected('1', A, 302, B)
      .responseExtra('1', 302, { location: B, 'set-cookie': 's=1' })
      .redirected('1', B, 307, C)
      .sentExtra('1', { cookie: 'hop=1' })
      .responseExtra('1', 307, { location: C })
      .sentExtra('1', { cookie: 'hop=2' })
      .response('1', C, 200)
      .responseExtra('1', 200, { 'content-type': 'application/json' })
      .finished('1')
      .body('1', { data: '{}' });

  it('makes one exchange a hop and deals the extra headers to the right one', () => {
    const exchanges = build(chain());
    expect(exchanges.map(({ request, response }) => [request.url, response?.status])).toEqual([
      [A, 302],
      [B, 307],
      [C, 200],
    ]);
    expect(exchanges.map(({ request }) => request.headers.find(([name]) => name === 'cookie')?.[1])).toEqual([
      'hop=0',
      'hop=1',
      'hop=2',
    ]);
    expect(exchanges.map(({ redirectTo }) => redirectTo)).toEqual(['x1', 'x2', null]);
    expect(exchanges.map(({ response }) => response?.body?.lost ?? response?.body?.text)).toEqual([
      'redirect',
      'redirect',
      '{}',
    ]);
    expect(exchanges[0]?.request.body?.text).toBe('{"q":1}');
    expect(exchanges[0]?.response?.headers).toContainEqual(['set-cookie', 's=1']);
  });

  it('leaves a hop from the cache without extras and keeps the others aligned', () => {
    const exchanges = build(
      new TerseLog()
        .sent('1', A)
        .redirected('1', A, 301, B, { redirectHasExtraInfo: false })
        .sentExtra('1', { cookie: 'hop=1' })
        .responseExtra('1', 200, { 'x-hop': '1' })
        .response('1', B, 200)
        .finished('1'),
    );
    expect(exchanges[0]?.response?.headers).toEqual([]);
    expect(exchanges[1]?.response?.headers).toEqual([['x-hop', '1']]);
    expect(exchanges[1]?.request.headers).toEqual([['cookie', 'hop=1']]);
  });

  it('gives the extras of a chain whose beginning is missing to its end', () => {
    const exchanges = build(
      new TerseLog().redirected('1', A, 302, B).sentExtra('1', { cookie: 'hop=1' }).response('1', B, 200).finished('1'),
    );
    expect(exchanges.map(({ incomplete }) => incomplete)).toEqual(['it began before the recording', null]);
    expect(exchanges[1]?.request.headers).toEqual([['cookie', 'hop=1']]);
  });
});

describe('sessions', () => {
  it('joins a frame document and a worker script that end in another session than they began', () => {
    const exchange = only(
      new TerseLog()
        .sent('1', A, { type: 'Document', loaderId: '1', frameId: 'F2' })
        .target('S1', 'iframe')
        .response('1', A, 200, { mimeType: 'text/html' })
        .on('S1')
        .finished('1')
        .body('1', { data: '<p>' }),
    );
    expect(exchange).toMatchObject({ incomplete: null, response: { body: { text: '<p>' } } });
  });

  it('takes the extra headers of a worker request from the session of the page', () => {
    const exchange = only(
      new TerseLog()
        .target('W', 'worker')
        .on('W')
        .sent('1', A)
        .on(undefined)
        .sentExtra('1', { cookie: 'w=1' })
        .on('W')
        .response('1', A, 200)
        .finished('1'),
    );
    expect(exchange.request.headers).toEqual([['cookie', 'w=1']]);
  });

  it('keeps equal request ids of two tabs apart', () => {
    const log = new TerseLog().whole('1', A, 'a').target('tab-7', 'page').on('tab-7').whole('1', B, 'b');
    expect(build(log).map(({ response }) => response?.body?.text)).toEqual(['a', 'b']);
  });

  it('pairs the two copies of a request that went through a service worker', () => {
    const exchanges = build(
      new TerseLog()
        .target('SW', 'service_worker')
        .sent('1', A)
        .on('SW')
        .sent('2', A)
        .response('2', A, 200)
        .finished('2')
        .on(undefined)
        .response('1', A, 200, { fromServiceWorker: true }, { hasExtraInfo: false })
        .finished('1'),
    );
    expect(exchanges.map(({ serviceWorkerPair }) => serviceWorkerPair)).toEqual(['x1', 'x0']);
    expect(exchanges[0]?.response?.body?.lost).toBe('service-worker');
  });

  it('ties a preflight to its request', () => {
    const exchanges = build(
      new TerseLog()
        .sent('1', A, {}, { method: 'PUT' })
        .sent(
          'p',
          A,
          { type: 'Other', loaderId: '', initiator: { type: 'preflight', requestId: '1' } },
          { method: 'OPTIONS' },
        )
        .response('p', A, 204, {}, { type: 'Preflight' })
        .finished('p')
        .response('1', A, 200)
        .finished('1'),
    );
    expect(exchanges.map(({ resourceType, preflightOf }) => [resourceType, preflightOf])).toEqual([
      ['fetch', null],
      ['preflight', 'x0'],
    ]);
    expect(exchanges[1]?.response?.body?.lost).toBe('preflight');
  });
});

describe('requests that never end', () => {
  const open = () => new TerseLog().sent('1', A).response('1', A, 200);

  it.each([
    ['the page navigated away', 'lost-navigation', (log: TerseLog) => log.navigated('F1', 'L2', B)],
    [
      'its frame was removed',
      'detached',
      (log: TerseLog) => log.event('Page.frameDetached', { frameId: 'F1', reason: 'remove' }),
    ],
    ['the page crashed', 'incomplete', (log: TerseLog) => log.event('Inspector.targetCrashed', {})],
    ['the recording ended', 'incomplete', (log: TerseLog) => log],
  ] as const)('says that %s', (words, loss, close) => {
    const exchange = only(close(open()));
    expect(exchange.incomplete).toBe(words);
    expect(exchange.response?.body?.lost).toBe(loss);
  });

  it('says that a worker was closed', () => {
    const log = new TerseLog().target('W', 'worker').on('W').sent('1', A).target('W', 'worker', { state: 'detached' });
    expect(only(log).incomplete).toBe('its frame or worker was closed');
  });

  it('tells the end of the recording from a tab that was lost in between', () => {
    const letGo = (reason: string) => {
      const log = open();
      log.lines.push({ k: 'target', t: WALL_START * 1000 + 9000, state: 'detached', type: 'page', reason });
      return only(log).incomplete;
    };
    expect([letGo('finished'), letGo('paused')]).toEqual([
      'the recording ended',
      'the recorder was detached from the tab',
    ]);
  });

  it('is not ended by the navigation it belongs to, nor by a frame that moves', () => {
    const log = open().navigated('F1', 'L1', A).event('Page.frameDetached', { frameId: 'F1', reason: 'swap' });
    expect(only(log).incomplete).toBe('the recording ended');
  });

  it('counts as ended when its whole body was read', () => {
    expect(only(open().body('1', { data: '{}' })).incomplete).toBeNull();
  });

  it('keeps what was streamed', () => {
    const log = open().data('1', 3, btoa('abc')).data('1', 1, btoa('d')).navigated('F1', 'L2', B);
    expect(only(log).response?.body).toMatchObject({ text: 'abcd', truncated: true, bytes: 4 });
  });
});

describe('bodies', () => {
  const answered = (mimeType = 'application/json') =>
    new TerseLog().sent('1', A).response('1', A, 200, { mimeType }, { hasExtraInfo: false }).finished('1');

  it('joins parts in any order', () => {
    const log = answered()
      .body('1', { part: 1, parts: 2, data: 'lo', bytes: 5 })
      .body('1', { part: 0, parts: 2, data: 'hel', bytes: 5 });
    expect(only(log).response?.body).toEqual({ mimeType: 'application/json', bytes: 5, text: 'hello' });
  });

  it('keeps what stands before a missing part', () => {
    const log = answered()
      .body('1', { part: 0, parts: 3, data: 'hel', bytes: 9 })
      .body('1', { part: 2, parts: 3, data: 'x', bytes: 9 });
    expect(only(log).response?.body).toMatchObject({ text: 'hel', truncated: true });
  });

  it('keeps binary as base64 and reads text that was sent as base64', () => {
    const binary = btoa('\u00ff\u0000\u0001');
    expect(
      only(answered('application/zip').body('1', { data: binary, base64: true, bytes: 3 })).response?.body?.base64,
    ).toBe(binary);
    expect(only(answered().body('1', { data: btoa('{"a":2}'), base64: true, bytes: 7 })).response?.body?.text).toBe(
      '{"a":2}',
    );
    expect(only(answered().body('1', { data: binary, base64: true, bytes: 3 })).response?.body?.base64).toBe(binary);
  });

  it('prefers data over an error, and keeps hash, size and reason of a body that was left away', () => {
    expect(
      only(answered().body('1', { error: 'timeout', bytes: 0 }).body('1', { data: '1' })).response?.body?.text,
    ).toBe('1');
    const policy = only(answered('image/png').body('1', { error: 'policy', bytes: 44, sha256: 'ab' })).response?.body;
    expect(policy).toEqual({ mimeType: 'image/png', bytes: 44, lost: 'policy', sha256: 'ab' });
  });

  it('reads the bytes of post data, in UTF-8', () => {
    const bytes = btoa('q=\u00c3\u00a4');
    const request = {
      method: 'POST',
      postData: 'q=\u00c3\u00a4',
      postDataEntries: [{ bytes }],
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
    expect(only(new TerseLog().sent('1', A, {}, request)).request.body).toEqual({
      mimeType: 'application/x-www-form-urlencoded',
      bytes: 4,
      text: 'q=ä',
    });
  });

  it('says when post data could not be had', () => {
    expect(only(new TerseLog().sent('1', A, {}, { method: 'POST', hasPostData: true })).request.body?.lost).toBe(
      'not-available',
    );
  });
});

describe('messages', () => {
  it('makes a WebSocket one exchange with its frames', () => {
    const stamp = { timestamp: 1, wallTime: 1_700_000_000 };
    const exchange = only(
      new TerseLog()
        .event('Network.webSocketCreated', {
          requestId: 'w',
          url: 'wss://shop.test/live',
          initiator: { type: 'script' },
        })
        .event('Network.webSocketWillSendHandshakeRequest', {
          requestId: 'w',
          ...stamp,
          request: { headers: { Origin: 'x' } },
        })
        .event('Network.webSocketHandshakeResponseReceived', {
          requestId: 'w',
          timestamp: 1.1,
          response: {
            status: 101,
            statusText: 'Switching Protocols',
            headers: { Upgrade: 'websocket' },
            requestHeaders: { Cookie: 'a' },
          },
        })
        .event('Network.webSocketFrameSent', {
          requestId: 'w',
          timestamp: 1.2,
          response: { opcode: 1, payloadData: 'hi' },
        })
        .event('Network.webSocketFrameReceived', {
          requestId: 'w',
          timestamp: 1.3,
          response: { opcode: 2, payloadData: 'AAE=' },
        })
        .event('Network.webSocketFrameReceived', {
          requestId: 'w',
          timestamp: 1.4,
          response: { opcode: 9, payloadData: '' },
        })
        .event('Network.webSocketClosed', { requestId: 'w', timestamp: 1.5 }),
    );
    expect(exchange).toMatchObject({
      resourceType: 'websocket',
      incomplete: null,
      durationMs: 500,
      response: { status: 101 },
    });
    expect(exchange.request.headers).toEqual([['Cookie', 'a']]);
    expect(exchange.messages).toEqual([
      { t: 200, direction: 'sent', data: 'hi' },
      { t: 300, direction: 'received', data: 'AAE=', base64: true },
    ]);
  });

  it('leaves out, with a reason, a socket that was opened before the recording', () => {
    const log = new TerseLog().event('Network.webSocketFrameSent', {
      requestId: 'w',
      timestamp: 1,
      response: { opcode: 1, payloadData: 'hi' },
    });
    const { exchanges, conversion } = buildExchanges(log.lines);
    expect(exchanges).toEqual([]);
    expect(conversion).toMatchObject({ entries: 1, kept: 0, leftOut: [{ count: 1, items: ['w'] }] });
  });

  it('lists server-sent events', () => {
    const log = new TerseLog()
      .sent('1', A, { type: 'EventSource', timestamp: 2 })
      .response('1', A, 200, { mimeType: 'text/event-stream' })
      .event('Network.eventSourceMessageReceived', {
        requestId: '1',
        timestamp: 2.5,
        eventName: 'price',
        eventId: '7',
        data: '{"p":1}',
      });
    expect(only(log).messages).toEqual([{ t: 500, direction: 'received', event: 'price', id: '7', data: '{"p":1}' }]);
  });
});

describe('conversion', () => {
  it('leaves out what was not sent over the network, with the reason and without content', () => {
    const log = new TerseLog()
      .sent('1', 'data:text/plain,secret')
      .sent('2', 'chrome-extension://abc/x.js')
      .sent('3', A)
      .finished('3');
    const { conversion, exchanges } = buildExchanges(log.lines);
    expect(exchanges).toHaveLength(1);
    expect(conversion).toEqual({
      entries: 3,
      kept: 1,
      leftOut: [
        { reason: 'not sent over the network', count: 2, items: ['data:text/plain', 'chrome-extension://abc/x.js'] },
      ],
    });
  });

  it('adds up gaps, counts what it cannot read, and reads completeness', () => {
    const broken: unknown[] = [
      null,
      7,
      {},
      { k: 'event', t: 1, m: 'Network.requestWillBeSent', p: { requestId: 4 } },
      { k: 'event', t: 'x' },
    ];
    const log = new TerseLog().meta('https://shop.test/').whole('1', A, '{}');
    log.lines.push({ k: 'gap', t: 1, reason: 'paused', count: 2 }, { k: 'gap', t: 2, reason: 'paused', count: 3 });
    log.lines.push({ k: 'completeness', t: 3, checked: true, browserRequests: 9 });
    const reduction = buildExchanges([...log.lines, ...(broken as CaptureLine[])]);
    expect(reduction).toMatchObject({ targetUrl: 'https://shop.test/', browserRequests: 9 });
    expect(reduction.exchanges).toHaveLength(1);
    expect(reduction.gaps).toEqual([
      { reason: 'paused', count: 5 },
      { reason: 'lines or events that could not be read', count: 5 },
    ]);
  });
});

describe('actions', () => {
  const document = (log: TerseLog, loader: string, url: string) =>
    log
      .sent(loader, url, { type: 'Document', loaderId: loader, initiator: { type: 'other' } })
      .navigated('F1', loader, url)
      .finished(loader);

  it('gives an action what starts within its window and what that causes in turn', () => {
    const log = document(new TerseLog(), 'L1', 'https://shop.test/')
      .wait(5000)
      .click('Load more reviews')
      .whole('1', 'https://shop.test/more.js', '', { type: 'Script' })
      .wait(2000)
      .whole('2', A, '{}', {
        initiator: { type: 'script', stack: { callFrames: [{ url: 'https://shop.test/more.js' }] } },
      })
      .whole('3', B, '{}');
    const { actions, exchanges } = buildExchanges(log.lines);
    expect(actions.map(({ id, type, name, exchanges: caused }) => [id, type, name, caused])).toEqual([
      ['a0', 'navigate', '/', ['x0']],
      ['a1', 'click', 'Load more reviews', ['x1', 'x2']],
    ]);
    expect(exchanges.map(({ action }) => action)).toEqual(['a0', 'a1', 'a1', null]);
    expect(exchanges[2]?.initiator.exchange).toBe('x1');
  });

  it('does not name a navigation that a click explains, but one in the page that nothing explains', () => {
    const log = document(new TerseLog().click('Shoes'), 'L1', 'https://shop.test/shoes')
      .wait(9000)
      .event('Page.navigatedWithinDocument', { frameId: 'F1', url: 'https://shop.test/shoes/7' })
      .event('Page.navigatedWithinDocument', { frameId: 'F9', url: 'https://other.test/' });
    const { actions } = buildExchanges(log.lines);
    expect(actions.map(({ type, url }) => [type, url])).toEqual([
      ['click', 'https://shop.test/'],
      ['navigate', 'https://shop.test/shoes/7'],
    ]);
  });
});

it('tells a request whose beginning the browser dropped from one that began before the recording', () => {
  const log = new TerseLog().meta('https://shop.test/');
  log.sentExtra('dropped', { cookie: 'a' }).responseExtra('dropped', 200, {}).finished('early');
  const { conversion } = buildExchanges(log.lines);
  expect(conversion.leftOut.map(({ reason, items }) => [items, reason])).toEqual([
    [['dropped'], expect.stringContaining('its page was being left')],
    [['early'], expect.stringContaining('began before the recording')],
  ]);
});
