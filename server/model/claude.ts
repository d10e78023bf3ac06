import Anthropic, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { ModelAnswer, ModelPort } from './port.ts';

export const DEFAULT_MODEL = 'claude-sonnet-5-5';

const TIMEOUT_MS = 90_000;
const MAX_TRIES = 3;
const MAX_WAIT_MS = 20_000;
/** Characters a token stands for at least, so that the estimate errs on the safe side. */
const CHARACTERS_PER_TOKEN = 3;

export interface ModelPortOptions {
  apiKey: string;
  baseUrl?: string | undefined;
  /** A model id of the Claude API. */
  model?: string | undefined;
  /** Tokens, in and out together, that this port may use in its life; one port serves one scan. */
  budgetTokens: number;
  /** Whether a text that is about to leave holds a captured secret. */
  leakCheck: (text: string) => boolean;
  /** Waits between two tries; must reject when the signal fires. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

function retryDelayMs(error: unknown, attempt: number): number | null {
  if (error instanceof APIUserAbortError) return null;
  const backoffMs = 500 * 2 ** attempt;
  if (error instanceof APIConnectionError) return backoffMs;
  if (!(error instanceof APIError)) return null;
  const status: unknown = error.status;
  const headers: unknown = error.headers;
  if (typeof status !== 'number' || !(status === 408 || status === 409 || status === 429 || status >= 500)) return null;
  const after = headers instanceof Headers ? Number(headers.get('retry-after')) : 0;
  const askedMs = Number.isFinite(after) && after > 0 ? after * 1000 : backoffMs;
  return askedMs > MAX_WAIT_MS ? null : askedMs;
}

function explain(error: unknown): string {
  if (error instanceof APIConnectionTimeoutError) return 'The model did not answer in time.';
  if (error instanceof APIConnectionError) return 'The model could not be reached.';
  const status: unknown = error instanceof APIError ? error.status : undefined;
  switch (status) {
    case 401:
    case 403:
      return 'The model refused the configured key.';
    case 402:
      return 'The account of the configured model key has no credit.';
    case 413:
      return 'The request to the model was too large.';
    case 429:
    case 529:
      return 'The model is busy or its rate limit is reached.';
    default:
      return typeof status === 'number'
        ? `The model answered with status ${status}.`
        : 'The model gave no usable answer.';
  }
}

/**
 * The one door to the Claude API. Checks each prompt for leaks before it is sent, keeps to its budget, tries again only
 * what may succeed, and returns only what the schema accepted. Every failure is an `AppError` that says what happened.
 */
export function createModelPort(options: ModelPortOptions): ModelPort {
  const model = options.model ?? DEFAULT_MODEL;
  const wait = options.wait ?? waitFor;
  const client = new Anthropic({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? 'https://api.anthropic.com',
    maxRetries: 0,
    timeout: TIMEOUT_MS,
    logLevel: 'off',
    openTelemetry: false,
  });
  let spentTokens = 0;

  async function send(
    params: Anthropic.MessageCreateParamsNonStreaming,
    signal: AbortSignal,
  ): Promise<Anthropic.Message> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await client.messages.create(params, { signal });
      } catch (error) {
        signal.throwIfAborted();
        const delayMs = attempt + 1 < MAX_TRIES ? retryDelayMs(error, attempt) : null;
        if (delayMs === null) throw new AppError('UNAVAILABLE', explain(error), { cause: error });
        await wait(delayMs, signal);
      }
    }
  }

  async function ask<T>({
    instructions,
    input,
    schema,
    maxTokens,
    signal,
  }: Parameters<ModelPort['ask']>[0] & { schema: z.ZodType<T> }): Promise<ModelAnswer<T>> {
    if (options.leakCheck(`${instructions}\n${input}`)) {
      throw new AppError(
        'INTERNAL_ERROR',
        'The text for the model was held back: the check for captured secrets found one in it.',
      );
    }
    const worstTokens = Math.ceil((instructions.length + input.length) / CHARACTERS_PER_TOKEN) + maxTokens;
    if (spentTokens + worstTokens > options.budgetTokens) {
      throw new AppError('UNAVAILABLE', `The model budget of ${options.budgetTokens} tokens for this scan is used up.`);
    }
    const format = zodOutputFormat(schema);
    const message = await send(
      {
        model,
        max_tokens: maxTokens,
        system: [{ type: 'text', text: instructions, cache_control: { type: 'ephemeral' } }],
        messages: [{ role: 'user', content: input }],
        output_config: { format: { type: format.type, schema: format.schema }, effort: 'low' },
      },
      signal,
    );
    const { usage } = message;
    const tokens =
      usage.input_tokens +
      usage.output_tokens +
      (usage.cache_read_input_tokens ?? 0) +
      (usage.cache_creation_input_tokens ?? 0);
    spentTokens += tokens;
    if (message.stop_reason === 'refusal')
      throw new AppError('UNAVAILABLE', 'The model declined to answer.', { details: { tokens } });
    if (message.stop_reason === 'max_tokens' || message.stop_reason === 'model_context_window_exceeded') {
      throw new AppError('UNAVAILABLE', 'The answer of the model was cut off at its length limit.', {
        details: { tokens },
      });
    }
    const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    return { value: readAnswer(schema, text), model: message.model, tokens };
  }

  return { ask };
}

function readAnswer<T>(schema: z.ZodType<T>, text: string): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new AppError('UNAVAILABLE', 'The answer of the model was not JSON.', { cause: error });
  }
  const checked = schema.safeParse(parsed);
  if (!checked.success) throw new AppError('UNAVAILABLE', 'The answer of the model did not fit the form asked for.');
  return checked.data;
}
