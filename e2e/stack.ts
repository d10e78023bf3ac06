import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { connectPanel, startRecording, type PanelRecording } from '#server/browsers/drive-panel.ts';
import { launchWithExtension, openPanel, type ExtensionBrowser } from '#server/browsers/launch.ts';
import { createTestDatabase } from '#server/testing/postgres.ts';
import { EXTENSION_FOLDER } from '../scripts/build-extension.ts';
import { startLocalServer, type LocalServer } from '../scripts/local-server.ts';
import { ensureChromium } from '../scripts/system-packages.ts';
import { startShop, type Shop } from './sites/shop/server.ts';

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

export interface Stack {
  server: LocalServer;
  shop: Shop;
  /** An API key of the one account. */
  key: string;
  dataDir: string;
  close: () => Promise<void>;
}

export const CLIENT = { 'X-Recon-Client': 'e2e/0.3.0' };

/** The real server (API and worker processes) on a database of its own, and the sample shop it may replay against. */
export async function startStack(env: Record<string, string> = {}): Promise<Stack> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'recon-e2e-'));
  const shop = await startShop();
  const server = await startLocalServer({
    dataDir,
    port: await freePort(),
    allowPrivate: [new URL(shop.origin).host],
    database: { url: database.url, ownerUrl: database.ownerUrl },
    env: { LOG_LEVEL: 'warn', ...env },
  });
  const answer = await fetch(`${server.url}/connect`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...CLIENT },
    body: JSON.stringify({ code: await server.issueCode() }),
  });
  const { key } = (await answer.json()) as { key: string };
  return {
    server,
    shop,
    key,
    dataDir,
    close: async () => {
      await server.stop();
      await shop.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Recorder extends ExtensionBrowser {
  page: Page;
  panel: Page;
}

/** Chromium with the real extension, its side panel open beside the shop and connected. */
export async function openRecorder(stack: Stack): Promise<Recorder> {
  const opened = await launchWithExtension({ chromium: ensureChromium(), extension: EXTENSION_FOLDER, headless: true });
  try {
    const [page = await opened.browser.newPage()] = await opened.browser.pages();
    await page.goto(stack.shop.origin, { waitUntil: 'networkidle0' });
    const panel = await openPanel(opened, page);
    await connectPanel(panel, stack.server.url, await stack.server.issueCode());
    return { ...opened, page, panel };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

export const SHOP_RECORDING: PanelRecording = {
  intentText: 'search products, get price and reviews',
  template: 'products',
  replay: 'anonymous',
  model: false,
  reload: true,
};

/**
 * Presses Record in the panel, brings the shop's page to the front and waits until its reload is over: of a page that is left
 * while it loads, the browser does not report every request.
 */
export async function record(recorder: Recorder, changes: Partial<PanelRecording> = {}): Promise<void> {
  const { page, panel } = recorder;
  await page.evaluate(() => document.documentElement.setAttribute('data-old', ''));
  await startRecording(panel, { ...SHOP_RECORDING, ...changes });
  await page.bringToFront();
  await page.waitForSelector('html:not([data-old]) #product-list > li');
  await page.waitForSelector('#categories a');
}
