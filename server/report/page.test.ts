import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asScrubbed } from '../scrubbing/brand.ts';
import { HOSTILE_TEXTS, buildEndpoint, buildHostileReport, buildShopReport } from '../testing/report-fixture.ts';
import { REPORT_HEADERS, renderNotFoundPage, renderProgressPage, renderReportPage } from './page.tsx';

const policyOf = (html: string): string =>
  /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
const sha = (text: string): string => createHash('sha256').update(text).digest('base64');

const progress = (status: 'processing' | 'failed'): string =>
  renderProgressPage({
    scan: { status, targetUrl: 'https://shop.example/' },
    events: [
      {
        seq: 1,
        step: 'ingest',
        status: 'complete',
        message: '14 requests read',
        metadata: { durationMs: 812 },
        createdAt: '2026-11-20T10:00:00.000Z',
      },
      {
        seq: 2,
        step: 'detection',
        status: 'errored',
        message: 'It stopped',
        metadata: {},
        createdAt: '2026-11-20T10:00:00.000Z',
      },
    ],
  });

describe('renderReportPage', () => {
  it('answers in the order in which a reader asks', () => {
    const html = renderReportPage(buildShopReport(), { downloadBase: '/r/abc/' });
    const order = [
      'id="answer"',
      'id="how"',
      'id="endpoints"',
      'id="tried"',
      'id="protection"',
      'id="dependencies"',
      'id="timeline"',
      'id="sure"',
      'id="downloads"',
    ];
    const places = order.map((mark) => html.indexOf(mark));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    for (const text of [
      'Yes: a plain HTTP client gets products',
      '/api/products/',
      'asked for a check',
      'cf-ray',
      'Load more',
      '$.items[].id',
      'not seen',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('allows its own style and script by hash and nothing else, in header and file', () => {
    const html = renderReportPage(buildShopReport());
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    const header = REPORT_HEADERS['Content-Security-Policy'] ?? '';
    for (const policy of [header, policyOf(html)]) {
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain(`style-src 'sha256-${sha(style)}'`);
      expect(policy).toContain(`script-src 'sha256-${sha(script)}'`);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    }
    expect(header).toContain("frame-ancestors 'none'");
    expect(html).not.toMatch(/\sstyle=/);
    expect(html).not.toMatch(/<(link|img|iframe|object|embed|form|base)\b/);
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it('links to its files below the address it is given, and names them only in the saved file', () => {
    const served = renderReportPage(buildShopReport(), { downloadBase: '/r/abc/' });
    for (const route of [
      'openapi.json',
      'openapi.yaml',
      'api.md',
      'starter/typescript',
      'starter/python',
      'capture.har',
      'postman.json',
      'mcp.json',
      'report.json',
      'report.html',
    ]) {
      expect(served).toContain(`href="/r/abc/${route}"`);
    }
    const saved = renderReportPage(buildShopReport());
    expect(
      [...saved.matchAll(/href="([^"]*)"/g)].map((match) => match[1]).filter((href) => !href?.startsWith('#')),
    ).toEqual([]);
  });

  it('says who may see it', () => {
    expect(renderReportPage(buildShopReport(), { visibility: 'Only you can see it' })).toContain('Only you can see it');
  });

  it('marks what a model wrote', () => {
    const report = buildShopReport({ notes: [{ text: 'A note', source: 'model' }] });
    expect(renderReportPage(report)).toContain('written by a model');
    expect(renderReportPage(buildShopReport())).not.toContain('written by a model');
  });

  it('says why nothing was tried', () => {
    const base = buildShopReport();
    const html = renderReportPage({
      ...base,
      validation: {
        performed: false,
        reason: 'You turned replays off.',
        clients: [],
        tiers: [],
        runs: [],
        sufficient: [],
      },
    });
    expect(html).toContain('Nothing was sent to the site. You turned replays off.');
  });

  it('reads for a scan that found nothing', () => {
    const html = renderReportPage(
      buildShopReport({
        endpoints: [],
        protections: [],
        dependencies: [],
        timeline: [],
        actions: [],
        starters: [],
        coverage: [],
        limits: [],
        thirdParties: [],
        notes: [],
        costDrivers: [],
      }),
    );
    expect(html).toContain('None was seen in this visit.');
  });

  it('makes no tag, attribute or link out of captured text', () => {
    const tags = (html: string): number => html.match(/<[a-z]/gi)?.length ?? 0;
    const plain = renderReportPage(buildHostileReport('plain'));
    for (const hostile of HOSTILE_TEXTS.filter((text) => text.trim() !== '')) {
      const html = renderReportPage(buildHostileReport(hostile));
      expect(html).not.toMatch(/<(script|img|svg)[^>]*hit/i);
      expect(html).not.toMatch(/href="(?!#|\/)[^"]*"/);
      if (!hostile.includes('{')) expect(Math.abs(tags(html) - tags(plain)), hostile).toBeLessThan(30);
    }
  });

  it('writes a report of 1,000 endpoints whole', () => {
    const [first] = buildShopReport().endpoints;
    if (!first) throw new Error('the shop has endpoints');
    const endpoints = Array.from({ length: 1000 }, (_, index) =>
      buildEndpoint({ ...first, id: `e${index + 1}`, template: `/r${index}`, bucket: index < 300 ? 'A' : 'C' }),
    );
    const html = renderReportPage(asScrubbed({ ...buildShopReport(), endpoints }));
    expect(html.match(/class="endpoint"/g)).toHaveLength(1000);
    expect(html.length).toBeLessThan(5_000_000);
  });
});

describe('the other pages', () => {
  it('the progress page shows each step, and looks again while there is something to wait for', () => {
    expect(progress('processing')).toContain('http-equiv="refresh"');
    expect(progress('processing')).toContain('14 requests read');
    expect(progress('processing')).toContain('done, 0.8 s');
    expect(progress('failed')).not.toContain('http-equiv="refresh"');
    expect(progress('failed')).toContain('What was recorded is safe');
  });

  it('an address without a report says nothing about whose it is', () => {
    expect(renderNotFoundPage()).toContain('There is no report at this address');
  });

  it('every answer with captured content is kept from caches, frames, robots and referrers', () => {
    expect(REPORT_HEADERS).toMatchObject({
      'X-Robots-Tag': expect.stringContaining('noindex') as string,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
  });
});

it('every page names its JSX runtime, so that it renders from any working directory', () => {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files)
    expect(readFileSync(new URL(file, folder), 'utf8'), file).toMatch(
      /^\/\*\* @jsxRuntime automatic \*\/ \/\*\* @jsxImportSource hono\/jsx \*\//,
    );
});
