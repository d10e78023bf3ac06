import { z } from 'zod';
import { consentSchema, starterTemplateSchema } from './api.ts';
import { stepIdSchema } from './events.ts';
import { actionSchema } from './exchange.ts';
import { endpointIdSchema, exchangeIdSchema, scanIdSchema } from './ids.ts';
import { jsonSchemaSchema } from './json-schema.ts';

/**
 * The one description of a report. Every statement carries its evidence (exchange ids), every text a model wrote says
 * `source: "model"`, and every limit met is listed under `limits`. Nothing in it holds a captured secret.
 */
const exchangeIds = z.array(exchangeIdSchema);
const share = z.number().min(0).max(1);

export const textSchema = z.object({ text: z.string(), source: z.enum(['rule', 'model', 'user']) });
export type Text = z.infer<typeof textSchema>;

export const evidencePlaceSchema = z.enum([
  'request-cookie',
  'set-cookie',
  'request-header',
  'response-header',
  'url',
  'status',
  'script-url',
  'dom',
  'body',
]);

export const protectionSchema = z.object({
  vendor: z.string(),
  name: z.string(),
  category: z.enum(['bot-manager', 'waf', 'cdn', 'captcha', 'fingerprinting', 'waiting-room']),
  /** Confidence that the vendor is on the site at all. */
  presence: share,
  /** Responses that were a challenge or a block. */
  active: z.object({ count: z.number().int(), kind: z.enum(['none', 'challenge', 'block', 'captcha']) }),
  /** A challenge was met and the browser got through it. */
  passed: z.boolean(),
  scope: z.enum(['first-party', 'third-party']),
  /** 0 information, 1 telemetry, 2 network or header checks, 3 needs JavaScript-made state, 4 interactive or signed per request. */
  severity: z.number().int().min(0).max(4),
  evidence: z.array(
    z.object({ exchange: exchangeIdSchema, place: evidencePlaceSchema, name: z.string(), note: z.string().optional() }),
  ),
  meaning: z.string(),
});
export type Protection = z.infer<typeof protectionSchema>;

export const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean(),
  schema: jsonSchemaSchema,
  /** Scrubbed values seen, at most five. */
  examples: z.array(z.union([z.string(), z.number(), z.boolean()])),
  /** Why this is a parameter, in words; for a path parameter the evidence that made it one. */
  evidence: z.array(z.string()),
  confidence: share,
  /** The value repeats pages: what it drives. */
  role: z.enum(['page', 'offset', 'cursor', 'limit', 'search', 'sort', 'filter', 'locale', 'id', 'signature', 'other']),
});
export type Parameter = z.infer<typeof parameterSchema>;

export const payloadSchema = z.object({
  mediaType: z.string(),
  schema: jsonSchemaSchema,
  samples: z.number().int(),
  example: z.unknown().optional(),
});
export type Payload = z.infer<typeof payloadSchema>;

export const authSchema = z.object({
  kind: z.enum(['none', 'bearer', 'basic', 'api-key', 'cookie', 'csrf', 'signature']),
  in: z.enum(['header', 'query', 'cookie', 'body']).nullable(),
  name: z.string().nullable(),
  /** Exchange whose response first held the token. */
  from: exchangeIdSchema.nullable(),
});
export type Auth = z.infer<typeof authSchema>;

export const endpointFactsSchema = z.object({
  id: endpointIdSchema,
  method: z.string(),
  /** Scheme, host and port. */
  origin: z.string(),
  /** `/products/{productId}`; parameters in braces. */
  template: z.string(),
  kind: z.enum(['rest', 'graphql', 'rpc', 'sse', 'websocket', 'document']),
  /** GraphQL operation or RPC method, when the path alone does not tell endpoints apart. */
  operation: z.string().nullable(),
  party: z.enum(['first', 'third']),
  statuses: z.array(z.object({ status: z.number().int(), count: z.number().int() })),
  parameters: z.array(parameterSchema),
  requests: z.array(payloadSchema),
  responses: z.array(z.object({ status: z.number().int(), payloads: z.array(payloadSchema) })),
  auth: z.array(authSchema),
  pagination: z
    .object({
      style: z.enum(['page', 'offset', 'cursor', 'link']),
      parameter: z.string().nullable(),
      evidence: exchangeIds,
    })
    .nullable(),
  samples: z.number().int(),
  /** Exchanges this endpoint was made from; the first is the best example. */
  evidence: exchangeIds,
});
export type EndpointFacts = z.infer<typeof endpointFactsSchema>;

export const dependencySchema = z.object({
  from: endpointIdSchema,
  to: endpointIdSchema,
  /** Where the value comes from (`$.items[].id`, `header:x-csrf-token`) and where it goes (`path:productId`). */
  path: z.string(),
  into: z.string(),
  evidence: z.array(z.object({ from: exchangeIdSchema, to: exchangeIdSchema })),
});
export type Dependency = z.infer<typeof dependencySchema>;

export const leftOutSchema = z.object({ reason: z.string(), count: z.number().int(), items: z.array(z.string()) });

export const thirdPartySchema = z.object({
  host: z.string(),
  company: z.string(),
  category: z.string(),
  requests: z.number().int(),
});

export const inventorySchema = z.object({
  endpoints: z.array(endpointFactsSchema),
  dependencies: z.array(dependencySchema),
  thirdParties: z.array(thirdPartySchema),
  /** First-party API origins, the target's own first. */
  origins: z.array(z.string()),
  /** Requests that made no endpoint, each with its reason. */
  leftOut: z.array(leftOutSchema),
});
export type Inventory = z.infer<typeof inventorySchema>;

export const bucketSchema = z.enum(['A', 'B', 'C']);
export type Bucket = z.infer<typeof bucketSchema>;

export const bucketsSchema = z.object({
  endpoints: z.array(
    z.object({ endpoint: endpointIdSchema, bucket: bucketSchema, score: z.number(), reason: z.string() }),
  ),
  /** What the intent asked for, and whether something answers it. */
  coverage: z.array(z.object({ term: z.string(), covered: z.boolean(), endpoints: z.array(endpointIdSchema) })),
});
export type Buckets = z.infer<typeof bucketsSchema>;

export const clientIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);
export const tierSchema = z.enum(['none', 'datacenter', 'residential']);
export type Tier = z.infer<typeof tierSchema>;

export const outcomeSchema = z.enum([
  'same',
  'different',
  'soft-block',
  'challenge',
  'blocked',
  'login',
  'rate-limited',
  'error',
  'refused-by-guard',
  'not-tried',
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** One attempt; kept append-only. `shape` compares the answer with the recorded one, never its values. */
export const validationRunSchema = z.object({
  endpoint: endpointIdSchema,
  exchange: exchangeIdSchema,
  client: clientIdSchema,
  tier: tierSchema,
  session: z.enum(['anonymous', 'session']),
  outcome: outcomeSchema,
  status: z.number().int().nullable(),
  durationMs: z.number().nullable(),
  bytes: z.number().int().nullable(),
  /** Why, in words: what differed, which vendor's marker, what the guard refused. */
  reason: z.string(),
  at: z.iso.datetime(),
});
export type ValidationRun = z.infer<typeof validationRunSchema>;

export const validationSchema = z.object({
  /** False when nothing was sent; `reason` says why. */
  performed: z.boolean(),
  reason: z.string().nullable(),
  clients: z.array(z.object({ id: clientIdSchema, name: z.string() })),
  tiers: z.array(tierSchema),
  runs: z.array(validationRunSchema),
  /** The cheapest client and tier that got the same answer, per endpoint. */
  sufficient: z.array(
    z.object({
      endpoint: endpointIdSchema,
      client: clientIdSchema.nullable(),
      tier: tierSchema.nullable(),
      needsSession: z.boolean().nullable(),
      reason: z.string(),
    }),
  ),
});
export type Validation = z.infer<typeof validationSchema>;

export const endpointSchema = endpointFactsSchema.extend({
  bucket: bucketSchema,
  reason: z.string(),
  name: textSchema,
  summary: textSchema,
  tag: z.string(),
  /** What the user did just before it appeared, in words. */
  appearsWhen: z.array(z.string()),
});
export type Endpoint = z.infer<typeof endpointSchema>;

export const completenessSchema = z.object({
  checked: z.boolean(),
  browserRequests: z.number().int().nullable(),
  recorded: z.number().int(),
  withBody: z.number().int(),
  missing: z.array(z.object({ reason: z.string(), count: z.number().int() })),
  gaps: z.array(z.object({ reason: z.string(), count: z.number().int() })),
});

export const costDriverSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  /** What it does to the cost, in words. */
  effect: z.string(),
});

export const starterSchema = z.object({
  language: z.enum(['typescript', 'python']),
  filename: z.string(),
  code: z.string(),
  run: z.string(),
});

export const difficultySchema = z.object({
  /** 0 easy … 100 hard. */
  score: z.number().min(0).max(100),
  word: z.enum(['easy', 'moderate', 'hard', 'very hard']),
  parts: z.array(z.object({ name: z.string(), points: z.number(), reason: z.string() })),
});

export const reportSchema = z.object({
  format: z.literal(1),
  scanId: scanIdSchema,
  createdAt: z.iso.datetime(),
  target: z.object({ url: z.string(), origin: z.string(), site: z.string() }),
  intent: z.object({ text: z.string(), template: starterTemplateSchema }),
  consent: consentSchema.nullable(),
  verdict: z.object({
    sentence: z.string(),
    difficulty: difficultySchema,
    client: clientIdSchema.nullable(),
    tier: tierSchema.nullable(),
  }),
  recommendation: z.object({
    client: z.string(),
    tier: z.string(),
    session: z.string(),
    pace: z.string(),
    reasons: z.array(z.string()),
    risks: z.array(z.string()),
  }),
  notes: z.array(textSchema),
  costDrivers: z.array(costDriverSchema),
  coverage: bucketsSchema.shape.coverage,
  actions: z.array(actionSchema),
  protections: z.array(protectionSchema),
  endpoints: z.array(endpointSchema),
  dependencies: z.array(dependencySchema),
  thirdParties: z.array(thirdPartySchema),
  origins: z.array(z.string()),
  validation: validationSchema,
  conversion: z.object({ entries: z.number().int(), kept: z.number().int(), leftOut: z.array(leftOutSchema) }),
  completeness: completenessSchema,
  scrubbing: z.object({
    values: z.number().int(),
    types: z.array(z.object({ type: z.string(), values: z.number().int(), replacements: z.number().int() })),
  }),
  starters: z.array(starterSchema),
  timeline: z.array(
    z.object({
      exchange: exchangeIdSchema,
      startMs: z.number(),
      durationMs: z.number().nullable(),
      method: z.string(),
      label: z.string(),
      status: z.number().int().nullable(),
      resourceType: z.string(),
      endpoint: endpointIdSchema.nullable(),
    }),
  ),
  limits: z.array(z.object({ step: z.union([stepIdSchema, z.literal('capture')]), text: z.string() })),
  model: z.object({ used: z.boolean(), name: z.string().nullable(), tokens: z.number().int(), reason: z.string() }),
  versions: z.object({ server: z.string(), steps: z.record(stepIdSchema, z.number().int()) }),
});
export type Report = z.infer<typeof reportSchema>;
