import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../browsers/find-chromium.ts';
import { readHostPaths } from '../env.ts';
import { planStarter } from '../exporters/code/plan-starter.ts';
import { writeStarters } from '../exporters/code/write-starters.ts';
import { HOSTILE_TEXTS, buildHostileReport, buildShopExchanges, buildShopReport } from '../testing/report-fixture.ts';
import { REPORT_HEADERS, renderNotFoundPage, renderProgressPage, renderReportPage } from './page.tsx';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let server: Server;
let origin: string;
let pages: Record<string, string>;

function buildShopPage(): string {
  const report = buildShopReport();
  return renderReportPage(
    { ...report, starters: writeStarters(planStarter(report, buildShopExchanges())) },
    { downloadBase: '/r/abc/', visibility: 'Only you can see it' },
  );
}

beforeAll(async () => {
  const executablePath = findChromium(readHostPaths());
  if (executablePath === null)
    throw new Error(
      'Chromium is needed to look at the report; install it (Debian: apt install chromium) or set CHROME_PATH.',
    );
  browser = await puppeteer.launch({ executablePath, headless: true, args: ['--no-sandbox'] });
  pages = {
    '/report': buildShopPage(),
    '/progress': renderProgressPage({ scan: { status: 'queued', targetUrl: 'https://shop.example/' }, events: [] }),
    '/missing': renderNotFoundPage(),
    ...Object.fromEntries(
      HOSTILE_TEXTS.map((text, index) => [`/hostile/${index}`, renderReportPage(buildHostileReport(text))]),
    ),
  };
  server = createServer((request, response) => {
    const html = pages[request.url ?? ''];
    response.writeHead(html === undefined ? 404 : 200, REPORT_HEADERS);
    response.end(html ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Visit {
  page: Page;
  complaints: string[];
  requests: string[];
}

async function visit(
  path: string,
  options: { width?: number; scheme?: 'light' | 'dark'; script?: boolean } = {},
): Promise<Visit> {
  const page = await browser.newPage();
  const seen: Visit = { page, complaints: [], requests: [] };
  page.on('console', (message) => seen.complaints.push(message.text()));
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    seen.complaints.push('dialog');
    void dialog.dismiss();
  });
  page.on('request', (request) => seen.requests.push(request.url()));
  await page.setJavaScriptEnabled(options.script ?? true);
  await page.setViewport({ width: options.width ?? 1440, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: options.scheme ?? 'light' }]);
  await page.goto(`${origin}${path}`);
  return seen;
}

const openAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const item of document.querySelectorAll('details')) {
      item.removeAttribute('name');
      item.open = true;
    }
  });

describe('the pages in Chromium', () => {
  it.each([320, 360, 820, 1440, 1920])('do not scroll sideways at %i pixels, folded or open', async (width) => {
    for (const path of ['/report', '/progress', '/missing', '/hostile/0', '/hostile/23']) {
      const { page } = await visit(path, { width });
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(await overflow(), path).toBeLessThanOrEqual(0);
      await openAll(page);
      expect(await overflow(), path).toBeLessThanOrEqual(0);
      await page.close();
    }
  });

  it.each(['light', 'dark'] as const)(
    'leave the accessibility checker nothing to say (%s)',
    async (scheme) => {
      for (const path of ['/report', '/progress', '/missing']) {
        for (const width of [360, 1440]) {
          const { page } = await visit(path, { scheme, width });
          await openAll(page);
          const session = await page.createCDPSession();
          await session.send('Runtime.evaluate', { expression: axe });
          const answer = await session.send('Runtime.evaluate', {
            expression:
              'axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, nodes[0].html, nodes.length])))',
            awaitPromise: true,
          });
          expect(JSON.parse(String(answer.result.value)), `${path} ${width}`).toEqual([]);
          await page.close();
        }
      }
    },
    60_000,
  );

  it('run no captured text and ask nobody for anything', async () => {
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const { page, complaints, requests } = await visit(`/hostile/${index}`);
      await openAll(page);
      expect(await page.evaluate(() => Reflect.has(window, 'hit')), text).toBe(false);
      expect(complaints, text).toEqual([]);
      expect(requests, text).toEqual([`${origin}/hostile/${index}`]);
      await page.close();
    }
  }, 60_000);

  it('hold by their policy alone where escaping is taken away', async () => {
    const raw = pages['/hostile/0']?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"') ?? '';
    const images = pages['/hostile/1']?.replaceAll('&lt;', '<').replaceAll('&gt;', '>') ?? '';
    pages['/raw/0'] = raw;
    pages['/raw/1'] = images;
    for (const path of ['/raw/0', '/raw/1']) {
      const { page, complaints } = await visit(path);
      expect(await page.evaluate(() => Reflect.has(window, 'hit'))).toBe(false);
      expect(complaints.some((text) => text.includes('Content Security Policy'))).toBe(true);
      await page.close();
    }
  });

  it('find as you type after a slash, and open what a link names', async () => {
    const { page } = await visit('/report#e3');
    const isOpen = () => page.$eval('#e3', (body) => body.closest('details')?.open);
    expect(await isOpen()).toBe(true);
    await page.keyboard.press('/');
    await page.keyboard.type('search');
    const shown = await page.$$eval('[data-find]', (items) =>
      items.filter((item) => !(item as HTMLElement).hidden).map((item) => item.getAttribute('data-find')),
    );
    expect(shown).toEqual(['GET /api/search  Search products search']);
    await page.keyboard.press('Escape');
    expect(await page.$$eval('[data-find]', (items) => items.every((item) => !(item as HTMLElement).hidden))).toBe(
      true,
    );
    await page.close();
  });

  it('read fully without script', async () => {
    const { page } = await visit('/report', { script: false });
    const text = await page.$eval('main', (main) => main.textContent);
    for (const part of [
      'Yes: a plain HTTP client',
      'List reviews of a product',
      'const BASE_URL',
      'asked for a check',
      'Secrets that were replaced',
    ])
      expect(text).toContain(part);
    expect(await page.$eval('.find', (find) => (find as HTMLElement).hidden)).toBe(true);
    await page.close();
  });

  it('print unfolded', async () => {
    const { page } = await visit('/report', { script: false });
    const visible = (): Promise<boolean[]> =>
      page.$$eval('.endpoint > .body', (bodies) => bodies.map((body) => body.checkVisibility()));
    expect(await visible()).not.toContain(true);
    await page.emulateMediaType('print');
    expect(await visible()).not.toContain(false);
    await page.close();
  });
});
