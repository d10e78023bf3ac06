import type { RecordingState, RequestMessage, Trouble } from '../../messages.ts';
import type { IconName } from '../icons.tsx';

export interface TroubleLook {
  title: string;
  icon: IconName;
  tone: 'bad' | 'warn';
}

export const TROUBLE_LOOKS: Readonly<Record<Trouble['kind'], TroubleLook>> = {
  'debugger-canceled': { title: 'Recording was cancelled in the browser', icon: 'bug-off', tone: 'warn' },
  'tab-closed': { title: 'The recorded tab was closed', icon: 'x', tone: 'warn' },
  'tab-crashed': { title: 'The recorded tab crashed', icon: 'file-x', tone: 'warn' },
  'page-not-recordable': { title: 'This page cannot be recorded', icon: 'ban', tone: 'warn' },
  policy: { title: 'A policy of this browser forbids recording', icon: 'lock', tone: 'bad' },
  offline: { title: 'The server cannot be reached', icon: 'wifi-off', tone: 'warn' },
  'client-too-old': { title: 'This extension is too old for the server', icon: 'circle-arrow-up', tone: 'bad' },
  'server-older': { title: 'The server is older than this extension', icon: 'server-cog', tone: 'warn' },
  quota: { title: 'A limit of the server is reached', icon: 'gauge', tone: 'warn' },
  'key-refused': { title: 'The server no longer accepts the key', icon: 'key-round', tone: 'bad' },
  'upload-refused': { title: 'The server refused the recording', icon: 'upload', tone: 'bad' },
  'scan-failed': { title: 'The report could not be finished', icon: 'circle-x', tone: 'bad' },
};

/** Kinds during which recording goes on: they are shown above the recording, not in its place. */
const GOES_ON: ReadonlySet<Trouble['kind']> = new Set(['offline', 'server-older', 'quota', 'key-refused']);

export function isBesideRecording(recording: Pick<RecordingState, 'phase' | 'trouble'>): boolean {
  return recording.phase === 'recording' && recording.trouble !== null && GOES_ON.has(recording.trouble.kind);
}

export interface TroubleAction {
  label: string;
  /** What is sent when it is pressed; null opens the connect view instead. */
  message: RequestMessage | null;
}

/** The one thing to press, for the phase the recording is in. */
export function troubleAction(recording: Pick<RecordingState, 'phase'>, trouble: Trouble): TroubleAction {
  const sealing = recording.phase === 'uploading' || recording.phase === 'processing';
  switch (trouble.action) {
    case 'resume':
      return { label: 'Resume recording', message: { type: 'resume' } };
    case 'finish':
      return { label: 'Finish with what is recorded', message: { type: 'finish' } };
    case 'reconnect':
      return { label: 'Connect again', message: null };
    case 'retry':
      return { label: 'Try again', message: { type: sealing ? 'finish' : 'resume' } };
    case 'dismiss':
      return { label: 'Back to the start', message: { type: 'dismiss' } };
  }
}
