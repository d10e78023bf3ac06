import { describe, expect, test } from 'vitest';
import { scanStatusSchema } from '#shared/events.ts';
import type { PanelState, RecordingState } from '../../messages.ts';
import { announce, chooseView, describeScan, describeUpload, sizeMeter } from './view.ts';

const RECORDING: RecordingState = {
  phase: 'recording',
  tabId: 1,
  targetUrl: 'https://shop.example/',
  intentText: '',
  startedAt: '2026-01-10T12:00:00.000Z',
  counters: { requests: 1, bodies: 1, lost: 0, bytes: 1, compressedBytes: 1, hosts: 1, actions: 0 },
  segments: { made: 0, uploaded: 0 },
  attachedLate: false,
  warnBytes: 25_000_000,
  limitBytes: 50_000_000,
  scanId: null,
  reportUrl: null,
  verdict: null,
  steps: [],
  trouble: null,
};

function panel(recording: Partial<RecordingState> | null, connected = true): PanelState {
  return {
    version: '0.3.0',
    connection: { server: 'http://127.0.0.1:7717', connected, error: null, update: null },
    templates: [],
    recording: recording && { ...RECORDING, ...recording },
    recent: [],
  };
}

describe('chooseView', () => {
  test.each([
    ['loading', null],
    ['connect', panel(null, false)],
    ['start', panel(null)],
    ['recording', panel({})],
    ['recording', panel({ phase: 'paused' })],
    ['processing', panel({ phase: 'uploading' })],
    ['processing', panel({ phase: 'processing' })],
    ['done', panel({ phase: 'done' })],
    ['recording', panel({}, false)],
  ] as const)('%s', (view, state) => {
    expect(chooseView(state, false)).toBe(view);
  });

  test('trouble takes the place of what it ends, and stands beside what goes on', () => {
    const trouble = { message: 'm', safe: 's', action: 'retry' } as const;
    expect(chooseView(panel({ trouble: { ...trouble, kind: 'tab-closed' } }), false)).toBe('trouble');
    expect(chooseView(panel({ trouble: { ...trouble, kind: 'offline' } }), false)).toBe('recording');
    expect(chooseView(panel({ phase: 'uploading', trouble: { ...trouble, kind: 'offline' } }), false)).toBe('trouble');
  });

  test('a new key may be entered in the middle of a recording', () => {
    expect(chooseView(panel({}), true)).toBe('connect');
  });
});

test('the announcement does not change with counters', () => {
  const counters = { ...RECORDING.counters, requests: 999 };
  expect(announce(panel({ counters }))).toBe(announce(panel({})));
  expect(announce(panel({ phase: 'paused' }))).toContain('paused');
  expect(announce(panel(null))).toBe('');
  const step = { message: '', startedAt: null, endedAt: null, progress: [] };
  const steps = [{ ...step, step: 'detection' as const, status: 'running' as const }];
  expect(announce(panel({ phase: 'processing', steps }))).toBe('Looking for what protects the site.');
});

test('the size meter warns at the mark and again at the limit', () => {
  const at = (compressedBytes: number) => sizeMeter({ ...RECORDING, counters: { compressedBytes } });
  expect(at(5_000_000)).toEqual({ share: 0.1, text: '5 MB of 50 MB', warning: null });
  expect(at(25_000_000).warning).toContain('recording ends at 50 MB');
  expect(at(60_000_000)).toMatchObject({ share: 1 });
  expect(at(60_000_000).warning).toContain('is reached');
  expect(sizeMeter({ ...RECORDING, limitBytes: 0 }).share).toBe(0);
});

test('the upload is counted in parts', () => {
  expect(describeUpload({ made: 0, uploaded: 0 })).toBe('Preparing the upload');
  expect(describeUpload({ made: 1, uploaded: 0 })).toBe('0 of 1 part uploaded');
  expect(describeUpload({ made: 5, uploaded: 3 })).toBe('3 of 5 parts uploaded');
  expect(describeUpload({ made: 5, uploaded: 5 })).toBe('Everything is uploaded');
});

test('every scan status has words', () => {
  const words = scanStatusSchema.options.map((status) => describeScan(status).words);
  expect(new Set(words).size).toBe(words.length);
  expect(describeScan('erased').hasReport).toBe(false);
  expect(describeScan('failed')).toMatchObject({ hasReport: true, settled: true });
});
