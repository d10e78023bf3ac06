import { get } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import axe from 'axe-core';
import type { Page } from 'puppeteer';
import { finishRecording, readCounter, readSteps } from '#server/browsers/drive-panel.ts';
import { STEP_IDS } from '#shared/events.ts';
import { reportSchema, type Report } from '#shared/report.ts';
import { findGaps } from '../scripts/demo.ts';
import { visitShop } from './sites/shop/drive.ts';
import { CLIENT, openRecorder, record, startStack, type Recorder, type Stack } from './stack.ts';

let stack: Stack;
let recorder: Recorder;
let report: Report;
let reportUrl: string;
/** What the shop knew of its visitor: none of it may leave the vault. */
const secrets: string[] = [];

const DOWNLOADS = [
  'report.json',
  'openapi.json',
  'openapi.yaml',
  'api.md',
  'capture.har',
  'postman.json',
  'mcp.json',
  'starter/typescript',
  'starter/python',
  'report.html',
];

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as typeof globalThis & {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const result = await engine.run();
    return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`);
  });
}

beforeAll(async () => {
  stack = await startStack();
  recorder = await openRecorder(stack);
});
afterAll(async () => {
  await recorder.close();
  await stack.close();
});

it('records a visit through the panel and shows every step to its end', async () => {
  const { page, panel } = recorder;
  await record(recorder);
  await visitShop(page, stack.shop.origin);
  const cookies = await recorder.browser.cookies();
  secrets.push(...cookies.map((cookie) => cookie.value));
  const me = await page.evaluate(async () => (await (await fetch('/api/me')).json()) as { email: string });
  secrets.push(me.email);
  expect(secrets.length).toBeGreaterThanOrEqual(3);
  await panel.waitForFunction(
    (wanted) => Number(document.querySelector('[data-testid=count-requests]')?.getAttribute('data-value')) >= wanted,
    {},
    20,
  );
  expect(await readCounter(panel, 'bodies')).toBeGreaterThan(10);
  expect(await violations(panel)).toEqual([]);

  reportUrl = await finishRecording(panel);
  expect((await readSteps(panel)).filter(({ step }) => (STEP_IDS as readonly string[]).includes(step))).toEqual(
    STEP_IDS.map((step) => ({ step, status: 'complete' })),
  );
  expect(await violations(panel)).toEqual([]);
});

it('reports the endpoints of the shop, with schemas, buckets, replays and code', async () => {
  const answer = await fetch(`${reportUrl}/report.json`);
  expect(answer.status).toBe(200);
  report = reportSchema.parse(await answer.json());
  expect(findGaps(report)).toEqual([]);
  const product = report.endpoints.find((endpoint) => /^\/api\/products\/\{\w+\}$/.test(endpoint.template));
  const schema = product?.responses.find((response) => response.status === 200)?.payloads[0]?.schema;
  expect(schema?.properties).toMatchObject({ price: { type: 'number' } });
  expect(product?.bucket).toBe('A');
});

it('opens the report from the panel as its owner', async () => {
  const { browser, panel } = recorder;
  const known = new Set(await browser.pages());
  await panel.click('[data-testid=open-report]');
  const target = await browser.waitForTarget((candidate) => candidate.url() === reportUrl);
  const page = await target.page();
  expect(page && known.has(page)).toBe(false);
  await page?.waitForSelector('h1');
  expect(await page?.evaluate(() => document.body.innerText)).toContain(report.verdict.sentence);
  const cookies = await browser.cookies();
  expect(cookies.filter((cookie) => cookie.path === new URL(reportUrl).pathname)).toMatchObject([{ httpOnly: true }]);
  await page?.close();
});

it('accounts for every request the shop answered', () => {
  const api = new Set(
    stack.shop.requests
      .filter(({ url }) => url.startsWith('/api/'))
      .map(({ method, url }) => `${method} ${url.split('?')[0]}`),
  );
  const patterns = report.endpoints.map((endpoint) => ({
    method: endpoint.method,
    path: new RegExp(`^${endpoint.template.replace(/\{\w+\}/g, '[^/]+')}$`),
  }));
  const unexplained = [...api].filter((line) => {
    const [method, path = ''] = line.split(' ');
    return !patterns.some((pattern) => pattern.method === method && pattern.path.test(path));
  });
  expect(unexplained).toEqual([]);
  const leftOut = report.conversion.leftOut.reduce((sum, entry) => sum + entry.count, 0);
  expect(report.conversion.kept + leftOut).toBe(report.conversion.entries);
});

it('lets no secret of the visitor out', async () => {
  const key = { Authorization: `Bearer ${stack.key}`, ...CLIENT };
  const scan = report.scanId;
  const exits = new Map<string, string>();
  for (const file of DOWNLOADS) {
    const answer = await fetch(`${reportUrl}/${file}`);
    expect(`${file} ${answer.status}`).toBe(`${file} 200`);
    exits.set(file, await answer.text());
  }
  exits.set('page', await (await fetch(reportUrl)).text());
  exits.set('events', await (await fetch(`${stack.server.url}/scans/${scan}/events?since=0`, { headers: key })).text());
  for (const [exit, text] of exits) {
    expect(text.length, exit).toBeGreaterThan(100);
    for (const secret of secrets)
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
        expect(text.includes(form), `${exit} holds a secret`).toBe(false);
  }
});

it('shows the report in the browser, readable without script and free of violations', async () => {
  const page = await recorder.browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(reportUrl).origin) problems.push(`asks ${request.url()}`);
  });
  for (const [width, scheme] of [
    [1280, 'light'],
    [360, 'dark'],
  ] as const) {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(reportUrl);
    const text = await page.evaluate(() => document.body.innerText);
    expect(text).toContain(report.verdict.sentence);
    expect(text).toContain('/api/products');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.setBypassCSP(true);
    await page.reload();
    expect(await violations(page)).toEqual([]);
    await page.setBypassCSP(false);
  }
  expect(problems).toEqual([]);
  await page.close();
});

/** The status that a request under another host name gets. */
function statusUnder(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(reportUrl, { headers: { Host: host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    }).on('error', reject);
  });
}

it('opens the report on this machine alone until it is shared', async () => {
  const headers = { Authorization: `Bearer ${stack.key}`, 'Content-Type': 'application/json', ...CLIENT };
  expect(await statusUnder('evil.example')).toBe(404);
  const shared = await fetch(`${stack.server.url}/scans/${report.scanId}/share`, {
    method: 'POST',
    headers,
    body: '{}',
  });
  expect(shared.status).toBe(200);
  expect(await statusUnder('evil.example')).toBe(200);
  const revoked = await fetch(`${stack.server.url}/scans/${report.scanId}/share`, { method: 'DELETE', headers });
  expect(revoked.ok).toBe(true);
  expect(await statusUnder('evil.example')).toBe(404);
});
