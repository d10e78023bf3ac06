import { STEP_IDS, TERMINAL_STATUSES, type ScanEvent, type ScanStatus, type StepId } from '#shared/events.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { expectData, type Connection } from './api-client.ts';
import type { CommandContext } from './command.ts';

export interface ScanOutcome {
  scanId: string;
  status: ScanStatus;
  failedStep: string | null;
  reportUrl: string;
  verdict: string | null;
  steps: { step: StepId; status: ScanEvent['status']; message: string; seconds: number | null }[];
}

const WAIT_MS = 20_000;
/** Events come in bursts; a short breath keeps the number of requests low. */
const BREATH_MS = 400;

const GLYPHS: Record<ScanEvent['status'], string> = {
  started: '…',
  progress: '…',
  complete: '✓',
  errored: '✗',
  skipped: '–',
};

/** One line for an event, as the terminal shows it. */
export function describeEvent(event: ScanEvent, startedAt: string | undefined): string {
  const seconds = startedAt === undefined ? null : (Date.parse(event.createdAt) - Date.parse(startedAt)) / 1000;
  const took =
    seconds === null || event.status === 'started' || event.status === 'progress' ? '' : ` (${seconds.toFixed(1)} s)`;
  return `${GLYPHS[event.status]} ${event.step.padEnd(13)} ${event.message}${took}`;
}

/** Tells each step as it ends until the scan does. */
export async function followScan(
  context: CommandContext,
  { client, server }: Connection,
  scanId: string,
): Promise<ScanOutcome> {
  const started = new Map<string, string>();
  const last = new Map<string, ScanOutcome['steps'][number]>();
  let since = 0;
  for (;;) {
    const answer = await expectData(
      client.GET('/scans/{id}/events', {
        params: { path: { id: scanId }, query: { since: String(since), waitMs: WAIT_MS } },
      }),
      server,
    );
    since = answer.cursor;
    for (const event of answer.events) {
      if (event.status === 'started') started.set(event.step, event.createdAt);
      const from = started.get(event.step);
      const line = describeEvent(event, from);
      if (event.status === 'started' || event.status === 'progress') context.terminal.pass(line);
      else context.terminal.say(line);
      if (event.step !== 'scan') {
        const seconds = from === undefined ? null : (Date.parse(event.createdAt) - Date.parse(from)) / 1000;
        last.set(event.step, { step: event.step, status: event.status, message: event.message, seconds });
      }
    }
    if (TERMINAL_STATUSES.has(answer.scan.status) && answer.events.length === 0) {
      const steps = STEP_IDS.map((step) => last.get(step)).filter((step) => step !== undefined);
      return { ...answer.scan, steps };
    }
    await pause(BREATH_MS, undefined, { signal: context.signal });
  }
}

/** 0 when the scan came to its end and no step errored. */
export const exitCodeOf = (outcome: ScanOutcome): 0 | 1 =>
  outcome.status === 'complete' && outcome.steps.every(({ status }) => status !== 'errored') ? 0 : 1;

/** The outcome in words: the verdict, what failed, and where the report is. */
export const describeOutcome = (outcome: ScanOutcome): string =>
  [
    outcome.verdict,
    outcome.status === 'complete'
      ? null
      : `The scan is ${outcome.status}${outcome.failedStep === null ? '' : `; it stopped at ${outcome.failedStep}`}.`,
    outcome.reportUrl,
  ]
    .filter((line) => line !== null)
    .join('\n');
