import ts from 'typescript';
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
import { starterTypescriptExporter } from './starter-typescript.ts';

let origin: Origin | undefined;
afterEach(() => origin?.close());

/** Errors that the strictest compiler finds in one file that knows only Node and the web. */
function compile(code: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    erasableSyntaxOnly: true,
    isolatedModules: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: ['node'],
    skipLibCheck: true,
  };
  const base = ts.createCompilerHost(options);
  const name = `${ts.sys.getCurrentDirectory()}/starter.mts`;
  const host: ts.CompilerHost = {
    ...base,
    getSourceFile: (file, ...rest) =>
      file === name ? ts.createSourceFile(file, code, ts.ScriptTarget.ES2024) : base.getSourceFile(file, ...rest),
    fileExists: (file) => file === name || base.fileExists(file),
    readFile: (file) => (file === name ? code : base.readFile(file)),
  };
  const program = ts.createProgram([name], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('starter-typescript', () => {
  it('writes the code of the report', () => {
    const report = buildShopReport({
      starters: [{ language: 'typescript', filename: 'starter.ts', code: 'the code', run: 'node starter.ts' }],
    });
    expect(starterTypescriptExporter.write(report, asScrubbed([]))[0]).toMatchObject({
      path: 'starter.ts',
      text: 'the code',
    });
  });

  it('runs against a real origin, page after page, and prints what it got', async () => {
    origin = await startOrigin((url) => ({
      json: { items: url.searchParams.get('page') === '1' ? [{ id: 'p-1', name: 'Lamp ünï' }] : [], total: 1, page: 1 },
    }));
    const { report, exchanges } = shopAt(origin.origin);
    const run = await runCode('typescript', writeCode('typescript', report, exchanges));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('Lamp ünï');
    expect(origin.requests.map(({ url }) => url)).toEqual([
      '/api/products?page=1&limit=20',
      '/api/products?page=2&limit=20',
    ]);
    expect(origin.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'Mozilla/5.0 Chrome/151.0',
    });
  });

  it('follows a cursor to where the recording showed it, and stops when there is none', async () => {
    origin = await startOrigin((url) => ({
      json: { reviews: [{ stars: 5, text: 'a' }], next: url.searchParams.has('cursor') ? null : 'c-20' },
    }));
    const { report, exchanges } = shopAt(origin.origin);
    const reviews = report.endpoints.filter(({ id }) => id === 'e3');
    const run = await runCode('typescript', writeCode('typescript', { ...report, endpoints: reviews }, exchanges));
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
      'typescript',
      writeCode('typescript', buildShopReport({ endpoints: [endpoint] }), [])
        .replace(', 2)) console', ', 5)) console')
        .replace('Pages(2)', 'Pages(5)'),
    );
    expect(run).toMatchObject({ code: 0 });
    expect(origin.requests.map(({ url }) => url)).toEqual(['/list', '/list?after=1']);
  });

  it('waits and tries again when the site says so, and reports any other refusal', async () => {
    origin = await startOrigin((_url, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '0.01' } } : { status: 403, text: 'no entry' },
    );
    const { report, exchanges } = shopAt(origin.origin);
    const run = await runCode('typescript', writeCode('typescript', report, exchanges));
    expect(run.code).toBe(1);
    expect(run.stderr.trim()).toBe('GET /api/products answered 403: no entry');
    expect(origin.requests).toHaveLength(2);
  });

  it('takes credentials from the environment and says which one is missing', async () => {
    origin = await startOrigin(() => ({ json: { ok: true } }));
    const endpoint = buildEndpoint({
      id: 'e9',
      method: 'GET',
      template: '/me',
      origin: origin.origin,
      auth: [
        { kind: 'bearer', in: 'header', name: 'authorization', from: null },
        { kind: 'api-key', in: 'query', name: 'apiKey', from: null },
      ],
    });
    const code = writeCode('typescript', buildShopReport({ endpoints: [endpoint] }), []);
    const without = await runCode('typescript', code);
    expect(without).toMatchObject({ code: 1 });
    expect(without.stderr).toMatch(/^Set the environment variable A/);
    const run = await runCode('typescript', code, { API_TOKEN: 'tok', API_KEY: 'key' });
    expect(run.code).toBe(0);
    expect(origin.requests[0]).toMatchObject({ url: '/me?apiKey=key', headers: { authorization: 'Bearer tok' } });
  });

  it('never sends a request that changes something by itself', async () => {
    origin = await startOrigin(() => ({}));
    const { report, exchanges } = shopAt(origin.origin);
    const cart = report.endpoints.filter(({ id }) => id === 'e5').map((item) => ({ ...item, bucket: 'A' as const }));
    const run = await runCode('typescript', writeCode('typescript', { ...report, endpoints: cart }, exchanges));
    expect(run.code).toBe(0);
    expect(origin.requests).toEqual([]);
  });

  it('passes the strict compiler for the shop, every page style, and hostile text in every place', () => {
    const { report, exchanges } = shopAt('https://shop.example');
    const cart = { ...report, endpoints: report.endpoints.map((item) => ({ ...item, bucket: 'A' as const })) };
    expect(compile(writeCode('typescript', cart, exchanges))).toEqual([]);
    const hostile = HOSTILE_TEXTS.map((text) =>
      writeCode('typescript', buildHostileReport(text), buildHostileExchanges(text)),
    );
    for (const code of hostile.slice(0, 4)) expect(compile(code)).toEqual([]);
    for (const [index, code] of hostile.entries()) {
      const { diagnostics = [] } = ts.transpileModule(code, {
        reportDiagnostics: true,
        compilerOptions: { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext },
      });
      expect(
        diagnostics.map(({ messageText }) => messageText),
        HOSTILE_TEXTS[index],
      ).toEqual([]);
    }
  }, 60_000);

  it('does nothing but fail to connect when every text is hostile', async () => {
    for (const text of HOSTILE_TEXTS.slice(0, 12)) {
      const run = await runCode(
        'typescript',
        writeCode('typescript', buildHostileReport(text), buildHostileExchanges(text)),
        { API_COOKIE: 'c' },
      );
      expect([0, 1], `${text}: ${run.stderr}`).toContain(run.code);
      expect(run.stderr).not.toContain('SyntaxError');
      expect(run.stderr).not.toContain('hit');
    }
  }, 60_000);

  it('says so when nothing can be tried', async () => {
    const run = await runCode(
      'typescript',
      writeCode('typescript', buildShopReport({ endpoints: [] }), buildShopExchanges()),
    );
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toContain('no request that can be tried');
  });
});
