import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asScrubbed } from '../scrubbing/brand.ts';
import { startAnthropicServer, type FakeAnswer, type FakeAnthropic } from '../testing/anthropic-server.ts';
import { createModelPort } from './claude.ts';

const schema = z.object({ name: z.string().max(20) });
const good: FakeAnswer = { text: '{"name":"List products"}' };
let server: FakeAnthropic | undefined;
const waits: number[] = [];

afterEach(async () => {
  await server?.close();
  waits.length = 0;
});

async function askWith(
  answers: FakeAnswer[],
  over: { budgetTokens?: number; leakCheck?: (text: string) => boolean; signal?: AbortSignal } = {},
) {
  server = await startAnthropicServer((_request, count) => answers[count - 1] ?? good);
  const port = createModelPort({
    apiKey: 'test-key',
    baseUrl: server.baseUrl,
    budgetTokens: over.budgetTokens ?? 100_000,
    leakCheck: over.leakCheck ?? (() => false),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  const ask = () =>
    port.ask({
      instructions: asScrubbed('Name the endpoint.'),
      input: asScrubbed('GET /products'),
      schema,
      maxTokens: 500,
      signal: over.signal ?? new AbortController().signal,
    });
  return { ask, server };
}

describe('createModelPort', () => {
  it('returns what the schema accepted, with model and tokens', async () => {
    const { ask, server } = await askWith([good]);
    await expect(ask()).resolves.toEqual({ value: { name: 'List products' }, model: 'claude-sonnet-5-5', tokens: 120 });
    const [request] = server.requests;
    expect(request?.body).toMatchObject({
      max_tokens: 500,
      system: [{ text: 'Name the endpoint.', cache_control: { type: 'ephemeral' } }],
      output_config: { format: { type: 'json_schema', schema: { additionalProperties: false } } },
    });
    expect(request?.body).not.toHaveProperty('temperature');
  });

  it('tries again after a busy answer and a broken connection, waiting as long as it was asked', async () => {
    const { ask, server } = await askWith([{ status: 529, headers: { 'retry-after': '3' } }, { hangUp: true }, good]);
    await expect(ask()).resolves.toMatchObject({ value: { name: 'List products' } });
    expect(server.requests).toHaveLength(3);
    expect(waits).toEqual([3000, 1000]);
  });

  it('gives up after three tries', async () => {
    const { ask, server } = await askWith([{ status: 500 }, { status: 500 }, { status: 500 }]);
    await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'The model answered with status 500.' });
    expect(server.requests).toHaveLength(3);
  });

  it('does not wait for an hour when asked to', async () => {
    const { ask, server } = await askWith([{ status: 429, headers: { 'retry-after': '3600' } }]);
    await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(server.requests).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it.each([
    [{ status: 401 }, 'The model refused the configured key.'],
    [{ stopReason: 'refusal', text: '' }, 'The model declined to answer.'],
    [{ stopReason: 'max_tokens', text: '{"name":"Li' }, 'The answer of the model was cut off at its length limit.'],
    [{ text: 'Sure: List products' }, 'The answer of the model was not JSON.'],
    [
      { text: '{"name":"much longer than the schema allows"}' },
      'The answer of the model did not fit the form asked for.',
    ],
  ])('turns %j into one clear error', async (answer, message) => {
    const { ask, server } = await askWith([answer]);
    await expect(ask()).rejects.toMatchObject({ message });
    expect(server.requests).toHaveLength(1);
  });

  it('sends nothing when the leak check finds a secret', async () => {
    const { ask, server } = await askWith([good], { leakCheck: (text) => text.includes('/products') });
    await expect(ask()).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(server.requests).toHaveLength(0);
  });

  it('stops before it would pass its budget', async () => {
    const { ask, server } = await askWith([good, good], { budgetTokens: 600 });
    await ask();
    await expect(ask()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('600 tokens') as string,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('keeps the key out of its errors', async () => {
    const { ask } = await askWith([{ status: 401, text: 'invalid key test-key' }]);
    const error = await ask().catch((failure: unknown) => failure as Error);
    expect((error as Error).message).not.toContain('test-key');
  });

  it('ends at once when the scan is stopped', async () => {
    const { ask, server } = await askWith([good], { signal: AbortSignal.abort(new Error('stopped')) });
    await expect(ask()).rejects.toThrow('stopped');
    expect(server.requests).toHaveLength(0);
  });
});
