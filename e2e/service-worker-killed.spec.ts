import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer';
import { z } from 'zod';
import { trafficRowSchema } from '../extension/messages.ts';
import { finishRecording, readCounter } from '#server/browsers/drive-panel.ts';
import { visitShop } from './sites/shop/drive.ts';
import { openRecorder, record, startStack, type Recorder, type Stack } from './stack.ts';

const ROUNDS = 5;
let stack: Stack;
let recorder: Recorder;

beforeAll(async () => {
  stack = await startStack();
  recorder = await openRecorder(stack);
});
afterAll(async () => {
  await recorder.close();
  await stack.close();
});

/** Stops the extension's service worker as the browser does when it runs out of memory. */
async function killServiceWorker({ browser, extensionId }: Recorder): Promise<void> {
  const isOurs = (url: string) => url.startsWith(`chrome-extension://${extensionId}/`);
  const session = await browser.target().createCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const worker = targetInfos.find((target) => target.type === 'service_worker' && isOurs(target.url));
  if (worker) await session.send('Target.closeTarget', { targetId: worker.targetId });
  await session.detach();
}

const rowSchema = z.object({ rows: z.array(trafficRowSchema) });

/** How many bodies are recorded once no more come. */
async function settledBodies(panel: Page): Promise<number> {
  let last = -1;
  const isSettled = async () => {
    const before = last;
    last = await readCounter(panel, 'bodies');
    return last === before;
  };
  await expect.poll(isSettled, { interval: 400, timeout: 10_000 }).toBe(true);
  return last;
}

/** Makes the page ask for something, and waits until the panel shows its answer with its body. */
async function search({ page, panel }: Recorder, mark: string): Promise<void> {
  const bodies = await settledBodies(panel);
  await page.evaluate(async (q) => {
    await (await fetch(`/api/products/search?q=${q}`)).text();
  }, mark);
  const readRow = async () => {
    const answer: unknown = await panel.evaluate("chrome.runtime.sendMessage({ type: 'traffic', after: 0 })");
    return rowSchema.parse(answer).rows.find(({ url }) => url.endsWith(`q=${mark}`));
  };
  await expect.poll(readRow, { timeout: 10_000 }).toMatchObject({ state: 'done', lost: null });
  await expect.poll(() => readCounter(panel, 'bodies'), { timeout: 10_000 }).toBeGreaterThan(bodies);
}

it('loses no request when its service worker is killed while recording', async () => {
  const { page, panel } = recorder;
  const before = stack.shop.requests.length;
  await record(recorder);
  await visitShop(page, stack.shop.origin);
  const marks: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    marks.push(`before-${round}`, `after-${round}`);
    await search(recorder, `before-${round}`);
    await killServiceWorker(recorder);
    await search(recorder, `after-${round}`);
  }
  const asked = stack.shop.requests
    .slice(before)
    .map(({ url }) => url)
    .filter((url) => url.startsWith('/api/'));
  const reportUrl = await finishRecording(panel);
  const har = (await (await fetch(`${reportUrl}/capture.har`)).json()) as {
    log: { entries: { request: { url: string }; response: { status: number; content: { text?: string } } }[] };
  };
  const searches = har.log.entries.filter((entry) => entry.request.url.includes('/api/products/search'));
  for (const mark of marks) {
    const found = searches.filter((entry) => entry.request.url.endsWith(`q=${mark}`));
    expect(found, mark).toHaveLength(1);
    expect(found[0]?.response.status, mark).toBe(200);
    expect(found[0]?.response.content.text, mark).toBeTruthy();
  }
  const recorded = har.log.entries
    .map((entry) => new URL(entry.request.url))
    .filter((url) => url.pathname.startsWith('/api/'));
  expect(recorded.map((url) => url.pathname).sort()).toEqual(asked.map((url) => url.split('?')[0]).sort());
});
