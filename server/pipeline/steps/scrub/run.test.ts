import { describe, expect, it } from 'vitest';
import type { Exchange } from '#shared/exchange.ts';
import { isAppError } from '../../../errors.ts';
import { asRaw, asScrubbed } from '../../../scrubbing/brand.ts';
import { createScrubber } from '../../../scrubbing/scrubber.ts';
import { ARTIFACTS, type Artifacts, type DictionaryEntry } from '../../artifacts.ts';
import { mergeManifest } from './manifest.ts';
import { scrubStep } from './index.ts';

const KEY = new Uint8Array(32).fill(9);
const LATE = 'Qw8Er7Ty6Ui5Op4As3Df2Gh1Jk0Lz9';

const exchange = (received: string): Exchange => ({
  id: 'x0',
  requestId: 'r0',
  hop: 0,
  startedAt: '2026-01-02T03:04:05.000Z',
  durationMs: 5,
  resourceType: 'xhr',
  documentUrl: null,
  frameId: null,
  initiator: { type: 'other' },
  request: { method: 'GET', url: 'https://shop.example.test/a', headers: [], body: null },
  response: {
    status: 200,
    statusText: 'OK',
    headers: [],
    mimeType: 'application/json',
    fromCache: null,
    body: { mimeType: 'application/json', bytes: received.length, text: received },
  },
  error: null,
  incomplete: null,
  redirectTo: null,
  preflightOf: null,
  serviceWorkerPair: null,
  action: null,
  messages: [],
});

const facts = (): Artifacts['capture_facts'] =>
  asScrubbed({
    targetUrl: 'https://shop.example.test/',
    startedAt: null,
    actions: [],
    completeness: { checked: false, browserRequests: null, recorded: 1, withBody: 1, missing: [], gaps: [] },
    conversion: { entries: 1, kept: 1, leftOut: [{ reason: `seen ${LATE}`, count: 1, items: [] }] },
    replaced: [{ type: 'cookie', values: 2, replacements: 5 }],
  });

const run = (dictionary: DictionaryEntry[], received: string) =>
  scrubStep.run({
    scan: {
      scanId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      targetUrl: '',
      intentText: '',
      starterTemplate: 'custom',
      consent: null,
      createdAt: '2026-01-02T03:04:05.000Z',
    },
    artifacts: {
      dictionary: asRaw(dictionary),
      exchanges: asScrubbed([exchange(received)]),
      capture_facts: facts(),
      protections: asScrubbed([]),
      inventory: asScrubbed({ endpoints: [], dependencies: [], thirdParties: [], origins: [LATE], leftOut: [] }),
    },
    ports: { placeholderKey: KEY },
    signal: new AbortController().signal,
    now: () => new Date(0),
    progress: () => Promise.resolve(),
  });

function learn(value: string): DictionaryEntry[] {
  const scrubber = createScrubber(KEY);
  scrubber.collectText(`api_key = "${value}"`);
  return scrubber.entries();
}

describe('scrub', () => {
  it('replaces what was learned late in everything, and says so in the manifest', async () => {
    const { artifacts, metadata } = await run(
      learn(LATE),
      `{"echo":"${LATE}","base64":"${Buffer.from(LATE).toString('base64')}"}`,
    );
    for (const [name, value] of Object.entries(artifacts)) {
      expect(JSON.stringify(value)).not.toContain(LATE);
      expect(ARTIFACTS[name as keyof typeof artifacts].schema.safeParse(value).error).toBeUndefined();
    }
    expect(artifacts.clean_inventory.origins[0]).toMatch(/^rdx_/);
    expect(artifacts.scrubbing.types).toEqual([
      { type: 'cookie', values: 2, replacements: 5 },
      { type: 'api-key', values: 1, replacements: 3 },
    ]);
    expect(metadata?.['late']).toBe(1);
    expect(artifacts.clean_facts.replaced).toEqual(artifacts.scrubbing.types);
  });

  it('finds a secret that nobody knew before', async () => {
    const { artifacts } = await run([], `{"password":"${LATE}"}`);
    expect(JSON.stringify(artifacts)).not.toContain(LATE);
    expect(artifacts.clean_exchanges[0]?.response?.body?.text).toMatch(/^\{"password":"rdx_\w+"\}$/);
  });

  it('stops the scan without naming the value when something cannot be replaced', async () => {
    const stuck: DictionaryEntry = { value: LATE, type: 'token', placeholder: LATE, propagate: true };
    const error: unknown = await run([stuck], `{"echo":"${LATE}"}`).catch((caught: unknown) => caught);
    expect(isAppError(error) && error.code).toBe('INTERNAL_ERROR');
    expect(isAppError(error) && error.message).toContain('of type token');
    expect(isAppError(error) && error.message).not.toContain(LATE);
  });
});

describe('mergeManifest', () => {
  it('adds rows of one type and orders by values', () => {
    const merged = mergeManifest(
      [{ type: 'a', values: 1, replacements: 1 }],
      [
        { type: 'a', values: 1, replacements: 2 },
        { type: 'b', values: 4, replacements: 4 },
      ],
    );
    expect(merged).toEqual({
      values: 6,
      types: [
        { type: 'b', values: 4, replacements: 4 },
        { type: 'a', values: 2, replacements: 3 },
      ],
    });
  });
});
