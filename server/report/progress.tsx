/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import { STEP_IDS, TERMINAL_STATUSES, type ScanEvent, type ScanStatus, type StepId } from '#shared/events.ts';
import { Icon, Layout } from './layout.tsx';
import type { Tone } from './words.ts';

const REFRESH_SECONDS = 3;

const TITLES: Record<StepId, string> = {
  ingest: 'Reading the recording',
  detection: 'Looking for what protects the site',
  analysis: 'Finding the endpoints',
  scrub: 'Replacing secrets',
  intent_filter: 'Sorting by what you asked for',
  validation: 'Trying other clients',
  synthesis: 'Writing names, advice and starter code',
  render: 'Writing the report',
};

type State = ScanEvent['status'] | 'pending';

const STATES: Record<State, { icon: string; tone: Tone; word: string }> = {
  pending: { icon: 'circle-dashed', tone: 'mute', word: 'waiting' },
  started: { icon: 'loader-circle', tone: 'info', word: 'running' },
  progress: { icon: 'loader-circle', tone: 'info', word: 'running' },
  complete: { icon: 'check', tone: 'good', word: 'done' },
  errored: { icon: 'x', tone: 'bad', word: 'failed' },
  skipped: { icon: 'minus', tone: 'mute', word: 'left out' },
};

const SENTENCES: Record<ScanStatus, string> = {
  recording: 'The recording is still running.',
  uploading: 'The recording is still being sent.',
  queued: 'The recording is safe and waits for its turn.',
  processing: 'The report is being written.',
  complete: 'The report is ready; it opens in a moment.',
  failed: 'The report could not be finished. What was recorded is safe, and the scan can be run again from the panel.',
  parked:
    'The report could not be finished after several tries. What was recorded is safe; tell the operator of this server.',
  expired: 'The recording was never finished, and its time is over.',
  erased: 'This scan was erased.',
};

export interface ProgressView {
  scan: { status: ScanStatus; targetUrl: string };
  events: readonly ScanEvent[];
}

export const ProgressPage = ({ scan, events }: ProgressView) => {
  const site = URL.canParse(scan.targetUrl) ? new URL(scan.targetUrl).host : scan.targetUrl;
  const last = new Map(events.map((event) => [event.step, event]));
  const over = TERMINAL_STATUSES.has(scan.status) && scan.status !== 'complete';
  return (
    <Layout title={`Report on ${site}`} {...(over ? {} : { refreshSeconds: REFRESH_SECONDS })}>
      <main class="narrow">
        <div>
          <p class="soft">{site}</p>
          <h1>{SENTENCES[scan.status]}</h1>
        </div>
        <ol class="steps panel" aria-label="Steps">
          {STEP_IDS.map((id) => {
            const event = last.get(id);
            const state = STATES[event?.status ?? 'pending'];
            const durationMs = event?.metadata['durationMs'];
            return (
              <li>
                <span class={state.tone}>
                  <Icon name={state.icon} />
                </span>
                <span>
                  {TITLES[id]}
                  {event === undefined || event.status === 'started' ? null : (
                    <span class="soft small"> {event.message}</span>
                  )}
                </span>
                <span class="soft small">
                  {state.word}
                  {typeof durationMs === 'number' ? `, ${(durationMs / 1000).toFixed(1)} s` : ''}
                </span>
              </li>
            );
          })}
        </ol>
        <p class="soft small">
          {over
            ? 'This page does not change any more.'
            : `This page looks again every ${REFRESH_SECONDS} seconds. You can close it; nothing stops.`}
        </p>
      </main>
    </Layout>
  );
};
