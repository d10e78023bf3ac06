import { afterEach, describe, expect, it } from 'vitest';
import {
  HOSTILE_TEXTS,
  buildEndpoint,
  buildHostileExchanges,
  buildHostileReport,
  buildShopExchanges,
  buildShopReport,
} from '../testing/report-fixture.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { runCode, shopAt, startOrigin, writeCode, type Origin } from './code/starter.case.ts';
import { starterPythonExporter } from './starter-python.ts';

let origin: Origin | undefined;
afterEach(() => origin?.close());

describe('starter-python', () => {
  it('writes the code of the report', () => {
    const report = buildShopReport({
      starters: [{ language: 'python', filename: 'starter.py', code: 'the code', run: 'python3 starter.py' }],
    });
    expect(starterPythonExporter.write(report, asScrubbed([]))[0]).toMatchObject({
      path: 'starter.py',
      text: 'the code',
    });
  });

  it('runs against a real origin, page after page, and prints what it got', async () => {
    origin = await startOrigin((url) => ({
      json: { items: url.searchParams.get('page') === '1' ? [{ id: 'p-1', name: 'Lamp' }] : [], total: 1, page: 1 },
    }));
    const { report, exchanges } = shopAt(origin.origin);
    const run = await runCode('python', writeCode('python', report, exchanges));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('"name": "Lamp"');
    expect(origin.requests.map(({ url }) => url)).toEqual([
      '/api/products?page=1&limit=20',
      '/api/products?page=2&limit=20',
    ]);
    expect(origin.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'Mozilla/5.0 Chrome/151.0',
    });
  });

  it('follows a cursor to where the recording showed it', async () => {
    origin = await startOrigin((url) => ({
      json: { reviews: [], next: url.searchParams.has('cursor') ? null : 'c-20' },
    }));
    const { report, exchanges } = shopAt(origin.origin);
    const reviews = report.endpoints.filter(({ id }) => id === 'e3');
    const run = await runCode('python', writeCode('python', { ...report, endpoints: reviews }, exchanges));
    expect(run.code).toBe(0);
    expect(origin.requests.map(({ url }) => url)).toEqual([
      '/api/products/p-1001/reviews',
      '/api/products/p-1001/reviews?cursor=c-20',
    ]);
  });

  it('follows the Link header on its own origin only', async () => {
    origin = await startOrigin((_url, count) => ({
      json: [{ id: count }],
      headers: { link: count === 1 ? '</list?after=1>; rel="next"' : '<http://elsewhere.invalid/>; rel="next"' },
    }));
    const endpoint = buildEndpoint({
      id: 'e1',
      method: 'GET',
      template: '/list',
      origin: origin.origin,
      pagination: { style: 'link', parameter: null, evidence: [] },
    });
    const run = await runCode(
      'python',
      writeCode('python', buildShopReport({ endpoints: [endpoint] }), []).replace('max_pages=2)', 'max_pages=5)'),
    );
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(origin.requests.map(({ url }) => url)).toEqual(['/list', '/list?after=1']);
  });

  it('reports a refusal in one line, and names a missing credential', async () => {
    origin = await startOrigin(() => ({ status: 403, text: 'no entry' }));
    const { report, exchanges } = shopAt(origin.origin);
    const run = await runCode('python', writeCode('python', report, exchanges));
    expect(run).toMatchObject({ code: 1, stderr: 'GET /api/products answered 403: no entry\n' });
    const endpoint = buildEndpoint({
      id: 'e9',
      method: 'GET',
      template: '/me',
      origin: origin.origin,
      auth: [{ kind: 'bearer', in: 'header', name: null, from: null }],
    });
    const without = await runCode('python', writeCode('python', buildShopReport({ endpoints: [endpoint] }), []));
    expect(without.stderr).toBe(
      'Set the environment variable API_TOKEN to the bearer token, without the word Bearer.\n',
    );
  });

  it('sends a body as JSON when it is called', async () => {
    origin = await startOrigin(() => ({ status: 201, json: { count: 1 } }));
    const { report, exchanges } = shopAt(origin.origin);
    const cart = report.endpoints.filter(({ id }) => id === 'e5').map((item) => ({ ...item, bucket: 'A' as const }));
    const code = writeCode('python', { ...report, endpoints: cart }, exchanges);
    const idle = await runCode('python', code);
    expect(idle.code).toBe(0);
    expect(origin.requests).toEqual([]);
    const run = await runCode(
      'python',
      `${code}\n    print(create_cart_item(body={"productId": "ü", "quantity": 2}))\n`,
      { API_COOKIE: 'sid=1', X_CSRF_TOKEN: 't' },
    );
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(origin.requests[0]).toMatchObject({
      method: 'POST',
      headers: { cookie: 'sid=1', 'x-csrf-token': 't', 'content-type': 'application/json' },
    });
    expect(JSON.parse(origin.requests[0]?.body ?? '')).toEqual({ productId: 'ü', quantity: 2 });
  });

  it('does nothing but fail to connect when every text is hostile', async () => {
    for (const text of HOSTILE_TEXTS) {
      const run = await runCode('python', writeCode('python', buildHostileReport(text), buildHostileExchanges(text)), {
        API_COOKIE: 'c',
      });
      expect([0, 1], `${text}: ${run.stderr}`).toContain(run.code);
      expect(run.stderr, text).not.toMatch(/SyntaxError|IndentationError|NameError|TypeError|UnicodeE/);
    }
  }, 60_000);

  it('says so when nothing can be tried', async () => {
    const run = await runCode('python', writeCode('python', buildShopReport({ endpoints: [] }), buildShopExchanges()));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('no request that can be tried');
  });
});
