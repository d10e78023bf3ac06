import { z } from 'zod';

/**
 * One line of a recording. A segment is gzip NDJSON of these lines in the order they happened; bodies travel as parts of at
 * most 1 MB so that no line grows large. `t` is milliseconds since the epoch on the recorder's clock.
 */
const time = z.number();

/** First line of segment 0. */
export const metaLineSchema = z.object({
  k: z.literal('meta'),
  t: time,
  format: z.number().int(),
  client: z.string(),
  browser: z.string(),
  targetUrl: z.string(),
  startedAt: z.iso.datetime(),
});

/** A frame, worker or service worker was attached or went away; `s` is its flat session id, absent for the tab itself. */
export const targetLineSchema = z.object({
  k: z.literal('target'),
  t: time,
  s: z.string().optional(),
  parent: z.string().optional(),
  state: z.enum(['attached', 'detached']),
  type: z.string(),
  url: z.string().optional(),
  tabId: z.number().int().optional(),
  reason: z.string().optional(),
});

/** `reason` of a tab that was let go of because the recording had come to its end. */
export const FINISHED_REASON = 'finished';

/** A raw DevTools-protocol event from the allow-list below. */
export const eventLineSchema = z.object({
  k: z.literal('event'),
  t: time,
  s: z.string().optional(),
  m: z.string(),
  p: z.record(z.string(), z.unknown()),
});

/** Why a body is not there. */
export const bodyLossSchema = z.enum([
  'evicted',
  'lost-navigation',
  'not-available',
  'redirect',
  'preflight',
  'cors',
  'service-worker',
  'download',
  'canceled',
  'too-large',
  'budget',
  'policy',
  'detached',
  'timeout',
  'incomplete',
  'unknown',
]);
export type BodyLoss = z.infer<typeof bodyLossSchema>;

/**
 * A request or response body, or why it is missing. A large body is several lines with the same `requestId` and `of`,
 * numbered `part` 0 … `parts`-1. `base64` tells how `data` is written; `bytes` is the size of the whole body.
 */
export const bodyLineSchema = z.object({
  k: z.literal('body'),
  t: time,
  s: z.string().optional(),
  requestId: z.string(),
  of: z.enum(['request', 'response']),
  /** Redirect hop the body belongs to; the last hop when absent. */
  hop: z.number().int().nonnegative().optional(),
  part: z.number().int().nonnegative().default(0),
  parts: z.number().int().positive().default(1),
  base64: z.boolean().default(false),
  data: z.string().optional(),
  error: bodyLossSchema.optional(),
  detail: z.string().optional(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().optional(),
  /** The bytes are what was streamed before the end was lost. */
  truncated: z.boolean().optional(),
});

/** What the user (or the agent) did. Typed values are never recorded. */
export const actionLineSchema = z.object({
  k: z.literal('action'),
  t: time,
  type: z.enum(['click', 'input', 'submit', 'navigate', 'agent']),
  element: z.object({ role: z.string(), name: z.string(), path: z.string() }).optional(),
  url: z.string(),
});

/** Anything lost, with the reason and how many. `from`/`to` bound the time when it is known. */
export const gapLineSchema = z.object({
  k: z.literal('gap'),
  t: time,
  reason: z.string(),
  count: z.number().int().nonnegative(),
  from: time.optional(),
  to: time.optional(),
});

/** What `chrome.webRequest` saw, the yardstick of completeness; `matched` requests are also in the protocol log. */
export const completenessLineSchema = z.object({
  k: z.literal('completeness'),
  t: time,
  checked: z.boolean(),
  browserRequests: z.number().int().nonnegative(),
});

export const captureLineSchema = z.discriminatedUnion('k', [
  metaLineSchema,
  targetLineSchema,
  eventLineSchema,
  bodyLineSchema,
  actionLineSchema,
  gapLineSchema,
  completenessLineSchema,
]);

/** A piece of a HAR file, `part` 0 … `parts`-1 in order, `data` at most `BODY_PART_CHARS` characters; such a capture holds no other line. */
export const harLineSchema = z.object({
  k: z.literal('har'),
  part: z.number().int().nonnegative(),
  parts: z.number().int().positive(),
  data: z.string(),
});
export type HarLine = z.infer<typeof harLineSchema>;

/** What a stored segment may hold: the lines of a recording, or the pieces of a HAR. */
export const segmentLineSchema = z.discriminatedUnion('k', [...captureLineSchema.options, harLineSchema]);
export type SegmentLine = z.infer<typeof segmentLineSchema>;

export type CaptureLine = z.infer<typeof captureLineSchema>;
export type MetaLine = z.infer<typeof metaLineSchema>;
export type TargetLine = z.infer<typeof targetLineSchema>;
export type EventLine = z.infer<typeof eventLineSchema>;
export type BodyLine = z.infer<typeof bodyLineSchema>;
export type ActionLine = z.infer<typeof actionLineSchema>;

/** The protocol events that are recorded; everything else stays in the browser. */
export const RECORDED_EVENTS: ReadonlySet<string> = new Set([
  'Network.requestWillBeSent',
  'Network.requestWillBeSentExtraInfo',
  'Network.requestServedFromCache',
  'Network.responseReceived',
  'Network.responseReceivedExtraInfo',
  'Network.responseReceivedEarlyHints',
  'Network.dataReceived',
  'Network.loadingFinished',
  'Network.loadingFailed',
  'Network.resourceChangedPriority',
  'Network.eventSourceMessageReceived',
  'Network.webSocketCreated',
  'Network.webSocketWillSendHandshakeRequest',
  'Network.webSocketHandshakeResponseReceived',
  'Network.webSocketFrameSent',
  'Network.webSocketFrameReceived',
  'Network.webSocketFrameError',
  'Network.webSocketClosed',
  'Page.frameNavigated',
  'Page.frameDetached',
  'Page.frameRequestedNavigation',
  'Page.navigatedWithinDocument',
  'Page.downloadWillBegin',
  'Page.loadEventFired',
  'Page.domContentEventFired',
  'Inspector.targetCrashed',
]);

/** Largest `data` of one body line, in characters. */
export const BODY_PART_CHARS = 1_000_000;

export const captureLimits = {
  /** Compressed bytes of one segment. */
  segmentBytes: 2_000_000,
  /** Expanded bytes of one segment. */
  segmentExpandedBytes: 16_000_000,
  /** Compressed bytes of a scan. */
  scanBytes: 50_000_000,
  /** Expanded bytes of a scan. */
  scanExpandedBytes: 500_000_000,
  /** Expanded ÷ compressed, for a segment of more than `ratioFreeBytes` expanded. */
  ratio: 60,
  ratioFreeBytes: 4_000_000,
  /** Compressed bytes from which the panel warns. */
  warnBytes: 25_000_000,
} as const;
