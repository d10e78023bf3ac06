import type { z } from 'zod';
import type { Scrubbed } from '../scrubbing/brand.ts';

export interface ModelAnswer<T> {
  value: T;
  model: string;
  tokens: number;
}

/** The one door to a language model. It takes scrubbed text only and returns what the schema accepted. */
export interface ModelPort {
  ask: <T>(request: {
    /** Stable part first, for caching. */
    instructions: Scrubbed<string>;
    input: Scrubbed<string>;
    schema: z.ZodType<T>;
    maxTokens: number;
    signal: AbortSignal;
  }) => Promise<ModelAnswer<T>>;
}
