import { reportSchema, type Report } from '#shared/report.ts';
import { connectPanel, finishRecording, readCounter, readSteps, startRecording } from '#server/browsers/drive-panel.ts';
import { launchWithExtension, openPanel } from '#server/browsers/launch.ts';
import { STEP_IDS } from '#shared/events.ts';
import type { Page } from 'puppeteer';
import { visitShop } from '../e2e/sites/shop/drive.ts';
import type { Shop } from '../e2e/sites/shop/server.ts';
import { EXTENSION_FOLDER } from './build-extension.ts';
import type { LocalServer } from './local-server.ts';

/** What the report of the sample shop must show: method, template and bucket-independent facts. */
const EXPECTED = [
  { method: 'GET', template: /^\/api\/products$/ },
  { method: 'GET', template: /^\/api\/products\/\{\w+\}$/ },
  { method: 'GET', template: /^\/api\/products\/\{\w+\}\/reviews$/ },
  { method: 'GET', template: /^\/api\/products\/search$/, parameter: 'q' },
  { method: 'POST', template: /^\/api\/cart\/items$/ },
] as const;

/** Everything the report lacks, in words; empty when it shows the shop as it is. */
export function findGaps(report: Report): string[] {
  const gaps = EXPECTED.flatMap((expected) => {
    const name = `${expected.method} ${expected.template.source.replaceAll('\\', '')}`;
    const endpoint = report.endpoints.find(
      (candidate) => candidate.method === expected.method && expected.template.test(candidate.template),
    );
    if (!endpoint) return [`${name} is missing`];
    const lacking: string[] = [];
    if (!endpoint.responses.some((response) => response.payloads.length > 0))
      lacking.push(`${name} has no response schema`);
    if ('parameter' in expected && !endpoint.parameters.some((parameter) => parameter.name === expected.parameter))
      lacking.push(`${name} lacks the parameter ${expected.parameter}`);
    return lacking;
  });
  if (!report.endpoints.some((endpoint) => endpoint.bucket === 'A')) gaps.push('no endpoint answers the intent');
  if (!report.validation.performed || report.validation.runs.length === 0) gaps.push('nothing was replayed');
  if (!report.validation.sufficient.some((entry) => entry.client !== null)) gaps.push('no client was found sufficient');
  for (const language of ['typescript', 'python'] as const)
    if (!report.starters.some((starter) => starter.language === language))
      gaps.push(`the ${language} starter is missing`);
  return gaps;
}

async function followSteps(panel: Page, say: (text: string) => void, ended: Promise<unknown>): Promise<void> {
  const shown = new Map<string, string>();
  let over = false;
  void ended.finally(() => (over = true)).catch(() => undefined);
  for (;;) {
    const last = over;
    for (const { step, status } of await readSteps(panel).catch(() => [])) {
      if (status === 'pending' || shown.get(step) === status) continue;
      shown.set(step, status);
      say(`  ${step.padEnd(14)} ${status}`);
    }
    if (last || STEP_IDS.every((step) => ['complete', 'errored', 'skipped'].includes(shown.get(step) ?? ''))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Records the sample shop through the real panel, waits for the report and checks it; true when it shows the shop. */
export async function performDemo(options: {
  server: LocalServer;
  shop: Shop;
  chromium: string;
  say: (text: string) => void;
}): Promise<boolean> {
  const { server, shop, chromium, say } = options;
  say(`Sample shop   ${shop.origin}`);
  say('Starting Chromium with the extension …');
  const opened = await launchWithExtension({ chromium, extension: EXTENSION_FOLDER, headless: true });
  try {
    const [page = await opened.browser.newPage()] = await opened.browser.pages();
    await page.goto(shop.origin);
    const panel = await openPanel(opened, page);
    await connectPanel(panel, server.url, await server.issueCode());
    await startRecording(panel, {
      intentText: 'search products, get price and reviews',
      template: 'products',
      replay: 'anonymous',
      model: false,
      reload: true,
    });
    say('Recording a visit: list, search, two product pages, reviews, cart …');
    await page.bringToFront();
    await visitShop(page, shop.origin);
    say(`Recorded ${await readCounter(panel, 'requests')} requests, ${await readCounter(panel, 'bodies')} bodies.`);
    const ended = finishRecording(panel);
    await followSteps(panel, say, ended);
    const reportUrl = await ended;
    const answer = await fetch(`${reportUrl}/report.json`);
    if (!answer.ok) throw new Error(`the report answered ${answer.status}`);
    const report = reportSchema.parse(await answer.json());
    const pageAnswer = await fetch(reportUrl);
    if (!pageAnswer.ok || !(await pageAnswer.text()).includes(report.target.site))
      throw new Error('the report page does not show the site');
    say('');
    say(report.verdict.sentence);
    for (const endpoint of report.endpoints.filter((candidate) => candidate.kind !== 'document'))
      say(`  ${endpoint.bucket}  ${endpoint.method.padEnd(5)} ${endpoint.template}`);
    const gaps = findGaps(report);
    for (const gap of gaps) say(`  Missing: ${gap}`);
    say('');
    say(gaps.length === 0 ? 'The report shows the shop as it is.' : 'The report does not show the shop as it is.');
    process.stdout.write(`${reportUrl}\n`);
    return gaps.length === 0;
  } finally {
    await opened.close();
  }
}
