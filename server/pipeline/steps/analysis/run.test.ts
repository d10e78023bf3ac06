import { expect, test } from 'vitest';
import { inventorySchema } from '#shared/report.ts';
import { makeExchanges } from '#server/inventory/make-exchange.ts';
import { asScrubbed } from '../../../scrubbing/brand.ts';
import { analysisStep } from './index.ts';

const facts = {
  targetUrl: 'https://shop.example.test/',
  startedAt: null,
  actions: [],
  completeness: { checked: false, browserRequests: null, recorded: 3, withBody: 3, missing: [], gaps: [] },
  conversion: { entries: 3, kept: 3, leftOut: [] },
  replaced: [],
};
const scan = {
  scanId: '',
  targetUrl: 'https://shop.example.test/',
  intentText: '',
  starterTemplate: 'custom',
  consent: null,
  createdAt: '',
} as const;

const run = (sketches: Parameters<typeof makeExchanges>[0]) =>
  analysisStep.run({
    scan,
    artifacts: { exchanges: asScrubbed(makeExchanges(sketches)), capture_facts: asScrubbed(facts) },
    ports: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    progress: () => Promise.resolve(),
  });

test('says how many endpoints there are and what was left out', async () => {
  const { artifacts, message } = await run([
    { url: 'https://shop.example.test/api/products', answer: [{ id: 1 }] },
    { url: 'https://api.shop.example.test/v1/prices', answer: [{ id: 1 }] },
    { url: 'https://shop.example.test/app.js', resourceType: 'script', answer: 'x', answerType: 'text/javascript' },
  ]);
  expect(message).toBe('2 endpoints on 2 origins; 1 request left out with a reason');
  expect(inventorySchema.parse(artifacts.inventory).endpoints).toHaveLength(2);
});

test('an empty capture is an empty inventory', async () => {
  expect((await run([])).message).toBe('No API endpoints in what was captured; no request left out');
});
