import { describe, expect, it } from 'vitest';
import { decideBody, LARGEST_BODY_BYTES, priorityOf, readBodyLoss } from './body-policy.ts';
import type { TrackedRequest } from './tracked-request.ts';

const request = (
  resourceType: string,
  fields: { mimeType?: string; receivedBytes?: number; method?: string; status?: number } = {},
) => ({
  mimeType: fields.mimeType ?? '',
  receivedBytes: fields.receivedBytes ?? 10,
  row: { resourceType, method: fields.method ?? 'GET', status: fields.status ?? 200 },
});

const tracked: TrackedRequest = {
  key: '1 r',
  requestId: 'r',
  tabId: 1,
  frameId: null,
  loaderId: null,
  hop: 0,
  mimeType: '',
  answered: true,
  receivedBytes: 0,
  failed: false,
  canceled: false,
  fromServiceWorker: false,
  streamed: false,
  body: 'wanted',
  requestBody: 'none',
  row: {
    seq: 1,
    key: '1 r',
    method: 'GET',
    url: 'https://a.test/',
    resourceType: 'XHR',
    status: 200,
    bytes: null,
    lost: null,
    state: 'done',
    thirdParty: false,
  },
};

describe('decideBody', () => {
  it('records documents, data and scripts, and only hashes images, media and fonts', () => {
    expect(['Document', 'XHR', 'Fetch', 'Script', 'Stylesheet'].map((type) => decideBody(request(type), 0).do)).toEqual(
      Array(5).fill('fetch'),
    );
    expect(['Image', 'Media', 'Font'].map((type) => decideBody(request(type), 0).do)).toEqual(Array(3).fill('hash'));
    expect(decideBody(request('Fetch', { mimeType: 'video/mp4' }), 0).do).toBe('hash');
  });

  it('expects no body of HEAD, 204 and preflights', () => {
    expect(decideBody(request('XHR', { method: 'HEAD' }), 0).do).toBe('none');
    expect(decideBody(request('XHR', { status: 204 }), 0).do).toBe('none');
    expect(decideBody(request('Preflight'), 0).do).toBe('none');
  });

  it('leaves out what is too large, with the reason', () => {
    expect(decideBody(request('XHR', { receivedBytes: LARGEST_BODY_BYTES + 1 }), 0)).toMatchObject({
      do: 'skip',
      why: 'too-large',
    });
    expect(decideBody(request('Media', { receivedBytes: 80_000_000 }), 0)).toMatchObject({ do: 'skip', why: 'policy' });
  });

  it('drops the least important first as the size limit comes near', () => {
    const kept = (used: number) =>
      ['Document', 'Script', 'Stylesheet'].filter((type) => decideBody(request(type), used).do === 'fetch');
    expect([0.5, 0.85, 0.95, 0.98].map(kept)).toEqual([
      ['Document', 'Script', 'Stylesheet'],
      ['Document', 'Script'],
      ['Document'],
      [],
    ]);
  });
});

describe('priorityOf', () => {
  it('puts data before scripts before the rest', () => {
    expect(['Fetch', 'Script', 'Manifest', 'Image'].map((type) => priorityOf(request(type)))).toEqual([0, 1, 2, 3]);
  });
});

describe('readBodyLoss', () => {
  it.each([
    ['evicted', 'failed', 'Request content was evicted from inspector cache', {}],
    ['timeout', 'timeout', '', {}],
    ['detached', 'gone', 'Session with given id not found.', {}],
    ['service-worker', 'failed', 'No data found for resource with given identifier', { fromServiceWorker: true }],
    ['canceled', 'failed', 'No data found', { failed: true, canceled: true }],
    ['incomplete', 'failed', 'No data found', { failed: true }],
    ['not-available', 'failed', 'No resource with given identifier found', {}],
  ] as const)('reads %s', (loss, failure, message, fields) => {
    expect(readBodyLoss(failure, message, { ...tracked, ...fields })).toBe(loss);
  });
});
