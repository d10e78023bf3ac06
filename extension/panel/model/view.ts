import { TERMINAL_STATUSES, type ScanStatus } from '#shared/events.ts';
import type { PanelState, RecordingState } from '../../messages.ts';
import { formatBytes, formatNoun } from './format.ts';
import { stepLines } from './steps.ts';
import { isBesideRecording, TROUBLE_LOOKS } from './troubles.ts';

export type ViewName = 'loading' | 'connect' | 'start' | 'recording' | 'processing' | 'done' | 'trouble';

/** Which view a state calls for; `reconnecting` is set while the user enters a new key in the middle of a recording. */
export function chooseView(state: PanelState | null, reconnecting: boolean): ViewName {
  if (!state) return 'loading';
  if (reconnecting) return 'connect';
  const { recording } = state;
  if (!recording) return state.connection.connected ? 'start' : 'connect';
  if (recording.trouble && !isBesideRecording(recording)) return 'trouble';
  switch (recording.phase) {
    case 'recording':
    case 'paused':
      return 'recording';
    case 'uploading':
    case 'processing':
      return 'processing';
    case 'done':
      return 'done';
  }
}

/** One polite sentence for screen readers; it changes when something worth hearing happens, never with a counter. */
export function announce(state: PanelState | null): string {
  const recording = state?.recording;
  if (!recording) return '';
  if (recording.trouble) return `${TROUBLE_LOOKS[recording.trouble.kind].title}. ${recording.trouble.safe}`;
  switch (recording.phase) {
    case 'recording':
      return sizeMeter(recording).warning ?? 'Recording.';
    case 'paused':
      return 'Recording is paused.';
    case 'uploading':
      return 'Uploading the recording.';
    case 'processing':
      return `${stepLines(recording.steps, 0).find((line) => line.status === 'running')?.name ?? 'Waiting for the server'}.`;
    case 'done':
      return recording.verdict ?? 'The report is ready.';
  }
}

export interface SizeMeter {
  /** 0 to 1. */
  share: number;
  text: string;
  warning: string | null;
}

/** How much of the size limit a recording has used, with a warning once the warning mark is passed. */
export function sizeMeter(
  recording: Pick<RecordingState, 'warnBytes' | 'limitBytes'> & {
    counters: Pick<RecordingState['counters'], 'compressedBytes'>;
  },
): SizeMeter {
  const { warnBytes, limitBytes, counters } = recording;
  const used = counters.compressedBytes;
  const limit = formatBytes(limitBytes);
  return {
    share: limitBytes > 0 ? Math.min(1, used / limitBytes) : 0,
    text: `${formatBytes(used)} of ${limit}`,
    warning:
      used >= limitBytes
        ? `The limit of ${limit} is reached. Finish to keep what is recorded.`
        : used >= warnBytes
          ? `More than ${formatBytes(warnBytes)} recorded. Finish soon: recording ends at ${limit}.`
          : null,
  };
}

/** How far the upload is, in words. */
export function describeUpload({ made, uploaded }: RecordingState['segments']): string {
  if (made === 0) return 'Preparing the upload';
  return uploaded >= made ? 'Everything is uploaded' : `${uploaded} of ${formatNoun(made, 'part')} uploaded`;
}

const STATUS_WORDS: Readonly<Record<ScanStatus, string>> = {
  recording: 'recording',
  uploading: 'uploading',
  queued: 'waiting for its turn',
  processing: 'being worked on',
  complete: 'report ready',
  failed: 'report incomplete',
  parked: 'set aside after repeated failures',
  expired: 'never finished',
  erased: 'erased',
};

/** The state of an earlier scan in words, and whether it has a report worth opening. */
export function describeScan(status: ScanStatus): { words: string; hasReport: boolean; settled: boolean } {
  return {
    words: STATUS_WORDS[status],
    hasReport: status !== 'erased' && status !== 'expired' && status !== 'recording',
    settled: TERMINAL_STATUSES.has(status),
  };
}
