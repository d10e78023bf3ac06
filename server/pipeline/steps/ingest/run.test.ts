import { describe, expect, it } from 'vitest';
import type { CaptureLine } from '#shared/capture.ts';
import { asRaw } from '../../../scrubbing/brand.ts';
import { findLeaks } from '../../../scrubbing/leak-gate.ts';
import { ARTIFACTS } from '../../artifacts.ts';
import type { CaptureSource, ScanFacts } from '../../step.ts';
import { ingestStep } from './index.ts';

const SECRET = 'Zk3v9Qp7Lr5Xt1Wn8Yb2Hd6Mc4Js0Fg';
const scan: ScanFacts = {
  scanId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  targetUrl: '',
  intentText: '',
  starterTemplate: 'custom',
  consent: null,
  createdAt: '2026-01-02T03:04:05.000Z',
};

const run = (capture: CaptureSource, target = '') =>
  ingestStep.run({
    scan: { ...scan, targetUrl: target },
    artifacts: {},
    ports: { capture, placeholderKey: new Uint8Array(32).fill(5) },
    signal: new AbortController().signal,
    now: () => new Date(0),
    progress: () => Promise.resolve(),
  });

const har = (...entries: unknown[]): CaptureSource => ({
  kind: 'har',
  text: asRaw(JSON.stringify({ log: { entries } })),
});
const entry = (url: string, more: Record<string, unknown> = {}): unknown => ({
  startedDateTime: '2026-01-02T03:04:05.000Z',
  time: 3,
  request: { method: 'GET', url, headers: [{ name: 'Authorization', value: `Bearer ${SECRET}` }] },
  response: {
    status: 200,
    headers: [],
    content: { mimeType: 'application/json', text: `{"seen":"${SECRET}"}`, size: 9 },
  },
  ...more,
});

describe('ingest', () => {
  it('writes raw exchanges, twins, dictionary and facts that fit their schemas', async () => {
    const { artifacts, message } = await run(
      har(
        entry('https://shop.example.test/', { _resourceType: 'document' }),
        entry(`https://api.example.test/x?n=${SECRET}`),
        entry('about:blank'),
        entry('https://shop.example.test/img.png', {
          response: { status: 200, content: { mimeType: 'image/png', size: 10 } },
        }),
        entry('https://shop.example.test/gone', { response: null }),
      ),
    );
    for (const [name, value] of Object.entries(artifacts)) {
      const { schema } = ARTIFACTS[name as keyof typeof artifacts];
      expect(schema.safeParse(value).error).toBeUndefined();
    }
    expect(JSON.stringify(artifacts.raw_exchanges)).toContain(SECRET);
    for (const clean of [artifacts.exchanges, artifacts.capture_facts, artifacts.value_shapes, message]) {
      expect(findLeaks(JSON.stringify(clean), artifacts.dictionary)).toEqual([]);
    }
    expect(artifacts.exchanges.map(({ id }) => id)).toEqual(artifacts.raw_exchanges.map(({ id }) => id));
    expect(artifacts.capture_facts).toMatchObject({
      targetUrl: 'https://shop.example.test/',
      conversion: { entries: 5, kept: 4, leftOut: [{ reason: 'not sent over the network', count: 1, items: ['x2'] }] },
      completeness: {
        checked: false,
        browserRequests: null,
        recorded: 4,
        withBody: 2,
        missing: [
          { reason: 'the body is not in the capture', count: 1 },
          { reason: 'no response', count: 1 },
        ],
      },
      replaced: [{ type: 'authorization', values: 1 }],
    });
  });

  it('takes the most frequent origin for target when no document is there, and the scan’s target before all', async () => {
    const capture = har(
      entry('https://a.example.test/1'),
      entry('https://b.example.test/1'),
      entry('https://b.example.test/2'),
    );
    expect((await run(capture)).artifacts.capture_facts.targetUrl).toBe('https://b.example.test/');
    expect((await run(capture, 'https://c.example.test/x')).artifacts.capture_facts.targetUrl).toBe(
      'https://c.example.test/x',
    );
  });

  it('reads a recording and scrubs what the user did', async () => {
    const lines: CaptureLine[] = [
      {
        k: 'meta',
        t: 1,
        format: 1,
        client: 'x',
        browser: 'y',
        targetUrl: 'https://shop.example.test/',
        startedAt: '2026-01-02T03:04:05.000Z',
      },
      {
        k: 'action',
        t: 2,
        type: 'click',
        element: { role: 'button', name: 'Signed in as ann@corp-mail.example', path: 'main > button' },
        url: `https://shop.example.test/cb?access_token=${SECRET}`,
      },
      { k: 'gap', t: 3, reason: 'the worker was stopped', count: 2 },
    ];
    const { artifacts } = await run({ kind: 'recording', lines: lines.map((line) => asRaw(line)) });
    const [action] = artifacts.capture_facts.actions;
    expect(action?.name).toMatch(/^Signed in as user-[a-z2-7]+@redacted\.invalid$/);
    expect(action?.url).not.toContain(SECRET);
    expect(artifacts.capture_facts.completeness.gaps).toEqual([{ reason: 'the worker was stopped', count: 2 }]);
  });

  it('stops when it is told to', async () => {
    const stopped = AbortSignal.abort();
    await expect(
      ingestStep.run({
        scan,
        artifacts: {},
        ports: { capture: har(entry('https://a.example.test/1')), placeholderKey: new Uint8Array(32) },
        signal: stopped,
        now: () => new Date(0),
        progress: () => Promise.resolve(),
      }),
    ).rejects.toThrow();
  });
});
