import { afterAll, beforeAll, expect, it } from 'vitest';
import { STEP_IDS, type ScanEvent } from '#shared/events.ts';
import { eventsAnswerSchema } from '#shared/api.ts';
import { reportSchema } from '#shared/report.ts';
import { finishRecording } from '#server/browsers/drive-panel.ts';
import { findGaps } from '../scripts/demo.ts';
import { visitShop } from './sites/shop/drive.ts';
import { CLIENT, openRecorder, record, startStack, type Recorder, type Stack } from './stack.ts';

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

async function readEvents(scanId: string, since: number, waitMs: number) {
  const answer = await fetch(`${stack.server.url}/scans/${scanId}/events?since=${since}&waitMs=${waitMs}`, {
    headers: { Authorization: `Bearer ${stack.key}`, ...CLIENT },
  });
  return eventsAnswerSchema.parse(await answer.json());
}

it('shows first findings while it works, and finishes a scan whose worker is killed in the middle of validation', async () => {
  await record(recorder);
  await visitShop(recorder.page, stack.shop.origin);
  const ended = finishRecording(recorder.panel);
  const list = async () => {
    const answer = await fetch(`${stack.server.url}/scans`, {
      headers: { Authorization: `Bearer ${stack.key}`, ...CLIENT },
    });
    return (await answer.json()) as { scans: { scanId: string }[] };
  };
  await expect.poll(async () => (await list()).scans.length).toBe(1);
  const scanId = (await list()).scans[0]?.scanId ?? '';

  const events: ScanEvent[] = [];
  let cursor = 0;
  const replayed = () => events.some((event) => event.step === 'validation' && event.status === 'progress');
  while (!replayed()) {
    const answer = await readEvents(scanId, cursor, 5000);
    events.push(...answer.events);
    cursor = answer.cursor;
    expect(answer.scan.status).not.toBe('failed');
    expect(answer.scan.status, 'the scan ended before the worker could be killed').not.toBe('complete');
  }
  const { scan } = await readEvents(scanId, cursor, 0);
  const early = await (await fetch(scan.reportUrl)).text();
  expect(early).toContain('still being written');
  expect(early).toContain('/api/products');
  expect((await fetch(`${scan.reportUrl}/report.json`)).status).toBe(404);

  const victim = stack.server.workerPid();
  process.kill(victim ?? 0, 'SIGKILL');

  const reportUrl = await ended;
  expect(stack.server.workerPid()).not.toBe(victim);
  const all = await readEvents(scanId, 0, 0);
  expect(all.events.map((event) => event.seq)).toEqual(all.events.map((_, index) => index + 1));
  for (const step of STEP_IDS)
    expect(
      all.events.filter((event) => event.step === step && event.status === 'complete'),
      step,
    ).toHaveLength(1);
  expect(
    all.events.filter((event) => event.step === 'validation' && event.status === 'started').length,
  ).toBeGreaterThan(1);
  const report = reportSchema.parse(await (await fetch(`${reportUrl}/report.json`)).json());
  expect(findGaps(report)).toEqual([]);
});
