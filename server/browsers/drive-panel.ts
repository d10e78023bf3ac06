import type { Page } from 'puppeteer';
import type { Consent, StarterTemplate } from '#shared/api.ts';
import { AppError } from '../errors.ts';

const part = (testid: string): string => `[data-testid="${testid}"]`;

async function press(panel: Page, testid: string): Promise<void> {
  await panel.waitForSelector(`${part(testid)}:not([disabled])`);
  await panel.$eval(part(testid), (element) => {
    if (element instanceof HTMLElement) element.click();
  });
}

async function write(panel: Page, testid: string, text: string): Promise<void> {
  const field = await panel.waitForSelector(part(testid));
  await field?.focus();
  await panel.$eval(part(testid), (element) => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.select();
  });
  await field?.type(text);
}

async function setChecked(panel: Page, testid: string, wanted: boolean): Promise<void> {
  await panel.waitForSelector(part(testid));
  const checked = await panel.$eval(part(testid), (element) => element.matches(':checked, [aria-checked=true]'));
  if (checked !== wanted) await press(panel, testid);
}

export interface PanelRecording {
  intentText: string;
  template: StarterTemplate;
  replay: Consent['replay'];
  model: boolean;
  /** Reload the page so that it is captured from the start. */
  reload: boolean;
}

/** Enters server and connect code, and waits until the panel is connected. */
export async function connectPanel(panel: Page, server: string, code: string): Promise<void> {
  await panel.waitForSelector(part('connect-secret'));
  await panel.$$eval('details:not([open]) > summary', (summaries) => {
    for (const summary of summaries) if (summary instanceof HTMLElement) summary.click();
  });
  await write(panel, 'connect-server', server);
  await write(panel, 'connect-secret', code);
  await press(panel, 'connect-submit');
  await panel.waitForSelector(part('intent'));
}

/** Fills the start view, gives consent and presses Record; resolves when the recording runs. */
export async function startRecording(panel: Page, recording: PanelRecording): Promise<void> {
  await write(panel, 'intent', recording.intentText);
  await press(panel, `template-${recording.template}`);
  await setChecked(panel, 'consent-entitled', true);
  await setChecked(panel, `replay-${recording.replay}`, true);
  await setChecked(panel, 'consent-model', recording.model);
  await setChecked(panel, 'reload', recording.reload);
  await press(panel, 'record');
  await panel.waitForSelector(part('finish'));
}

export const readCounter = (panel: Page, counter: 'requests' | 'bodies' | 'bytes' | 'hosts'): Promise<number> =>
  panel.$eval(part(`count-${counter}`), (element) => Number(element.getAttribute('data-value')));

/** The steps as the panel shows them: id and status. */
export const readSteps = (panel: Page): Promise<{ step: string; status: string }[]> =>
  panel.$$eval('[data-testid^="step-"]', (rows) =>
    rows.map((row) => ({
      step: (row.getAttribute('data-testid') ?? '').slice('step-'.length),
      status: row.getAttribute('data-status') ?? '',
    })),
  );

/** Presses Finish and waits for the end; answers the report's address. Throws when the panel shows trouble instead. */
export async function finishRecording(panel: Page, timeoutMs = 180_000): Promise<string> {
  await press(panel, 'finish');
  const end = await panel.waitForSelector(`${part('verdict')}, ${part('trouble')}`, { timeout: timeoutMs });
  if (await end?.evaluate((element) => element.getAttribute('data-testid') === 'trouble'))
    throw new AppError(
      'UNAVAILABLE',
      `The panel reports trouble: ${(await end?.evaluate((element) => element.textContent)) ?? ''}`,
    );
  const address = await panel.$eval(part('open-report'), (element) => element.getAttribute('href'));
  if (address === null) throw new AppError('UNAVAILABLE', 'The panel shows no report address.');
  return address;
}

/** Waits for one of several parts of the panel and answers which one is there. */
export async function readTestId(panel: Page, testids: readonly string[]): Promise<string> {
  const found = await panel.waitForSelector(testids.map(part).join(', '));
  return (await found?.evaluate((element) => element.getAttribute('data-testid'))) ?? '';
}
