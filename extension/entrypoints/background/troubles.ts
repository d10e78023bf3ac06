import type { RecordingState, Trouble } from '../../messages.ts';
import type { Failure } from '../../upload/api-client.ts';

const SAFE = 'Nothing recorded is lost: it is stored in this browser.';

type CaptureTrouble = 'debugger-canceled' | 'tab-closed' | 'tab-crashed' | 'page-not-recordable' | 'policy';

const CAPTURE: Readonly<Record<CaptureTrouble, Omit<Trouble, 'kind' | 'safe'>>> = {
  'debugger-canceled': {
    message: 'The bar at the top of the browser was cancelled or closed, which ends recording in every tab.',
    action: 'resume',
  },
  'tab-closed': { message: 'The tab that was recorded is closed.', action: 'finish' },
  'tab-crashed': {
    message: 'The page stopped working. Resuming loads it again and goes on recording.',
    action: 'resume',
  },
  'page-not-recordable': {
    message:
      'The tab shows a page that the browser keeps closed to extensions. Recording goes on by itself when you go back to the site.',
    action: 'resume',
  },
  policy: { message: 'A policy of this browser forbids extensions to record this page.', action: 'finish' },
};

export function isCaptureTrouble(kind: Trouble['kind']): kind is CaptureTrouble {
  return Object.hasOwn(CAPTURE, kind);
}

export function captureTrouble(kind: CaptureTrouble): Trouble {
  return { kind, safe: SAFE, ...CAPTURE[kind] };
}

export function limitTrouble(): Trouble {
  return {
    kind: 'quota',
    message: 'The recording has reached the size that the server takes.',
    safe: 'Everything up to here is kept.',
    action: 'finish',
  };
}

export function storageTrouble(): Trouble {
  return {
    kind: 'quota',
    message: 'This computer has no room left to store the recording.',
    safe: 'Everything up to here is kept.',
    action: 'finish',
  };
}

export function scanTrouble(failedStep: string | null): Trouble {
  return {
    kind: 'scan-failed',
    message:
      failedStep === null
        ? 'The server could not work the recording into a report.'
        : `The server could not finish the step "${failedStep.replaceAll('_', ' ')}".`,
    safe: 'The recording is on the server, and what was found until then can be read.',
    action: 'dismiss',
  };
}

/** What a failed call means to the person who waits. */
export function uploadTrouble(failure: Failure, phase: RecordingState['phase']): Trouble {
  const { message } = failure;
  const processing = phase === 'processing';
  const safe = processing ? 'The recording is on the server, which goes on by itself.' : SAFE;
  switch (failure.kind) {
    case 'offline':
    case 'busy':
      return { kind: 'offline', message: `${message} It is tried again by itself.`, safe, action: 'retry' };
    case 'key':
      return { kind: 'key-refused', message, safe, action: 'reconnect' };
    case 'too-old':
      return { kind: 'client-too-old', message, safe, action: processing ? 'dismiss' : 'retry' };
    case 'limit':
      return {
        kind: 'quota',
        message,
        safe,
        action: processing ? 'dismiss' : phase === 'uploading' ? 'retry' : 'finish',
      };
    case 'unreadable':
      return { kind: 'server-older', message, safe, action: 'retry' };
    case 'gone':
      return {
        kind: 'upload-refused',
        message: 'The scan is no longer on the server.',
        safe: 'It cannot be sent again.',
        action: 'dismiss',
      };
    case 'refused':
      return { kind: 'upload-refused', message, safe, action: processing ? 'dismiss' : 'retry' };
  }
}
