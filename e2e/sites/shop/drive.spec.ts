import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import puppeteer, { type Browser } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureChromium } from '../../../scripts/system-packages.ts';
import { visitShop } from './drive.ts';
import { type Shop, startShop } from './server.ts';

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  shop = await startShop();
  browser = await puppeteer.launch({
    executablePath: ensureChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
});

afterAll(async () => {
  await browser.close();
  await shop.close();
});

test('the visit touches every kind of endpoint, and the pages are accessible', async () => {
  const page = await browser.newPage();
  const errors: unknown[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await visitShop(page, shop.origin);
  const asked = shop.requests.map(({ method, url }) => `${method} ${url.replace(/cursor=[^&]+/, 'cursor=…')}`);
  for (const expected of [
    'GET /api/products?page=1&limit=12',
    'GET /api/products?page=2&limit=12',
    'GET /api/products/search?q=lamp&sort=price',
    'GET /p/1001',
    'GET /products/1001',
    'GET /api/products/1001',
    'GET /api/products/1001/reviews?limit=5',
    'GET /api/categories',
    'GET /api/me',
    'POST /api/cart/items',
    'GET /api/cart',
    'POST /collect?v=2&site=hg-1',
  ]) {
    expect(asked).toContain(expected);
  }
  const details = new Set(asked.filter((line) => /^GET \/api\/products\/\d+$/.test(line)));
  expect(details.size).toBe(2);
  expect(asked.some((line) => line.includes('/reviews?cursor=…&limit=5'))).toBe(true);
  expect(asked.filter((line) => /^GET \/products\/\d+$/.test(line))).toEqual(['GET /products/1001']);
  expect(errors).toEqual([]);

  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const path of ['/', '/search?q=lamp&sort=price', '/products/1001', '/cart']) {
    await page.goto(shop.origin + path);
    await page.waitForSelector('#content:not([aria-busy]) > h1');
    await page.evaluate(axe);
    const violations = await page.evaluate('axe.run().then((result) => result.violations.map((each) => each.id))');
    expect(violations, path).toEqual([]);
  }
});
