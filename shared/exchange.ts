import { z } from 'zod';
import { bodyLossSchema } from './capture.ts';
import { actionIdSchema, exchangeIdSchema } from './ids.ts';

/** Name and value in the order they crossed the wire; repeated names are repeated entries. */
export const headerSchema = z.tuple([z.string(), z.string()]);
export type Header = z.infer<typeof headerSchema>;

/**
 * A body with exactly one of: `text` (decoded), `base64` (binary), or `lost` (why neither is there).
 * `bytes` is the decoded size when known, else what arrived.
 */
export const bodySchema = z.object({
  mimeType: z.string(),
  bytes: z.number().int().nonnegative(),
  text: z.string().optional(),
  base64: z.string().optional(),
  lost: bodyLossSchema.optional(),
  truncated: z.boolean().optional(),
  sha256: z.string().optional(),
});
export type Body = z.infer<typeof bodySchema>;

/** A WebSocket frame or a server-sent event. `t` is milliseconds since the exchange started. */
export const messageSchema = z.object({
  t: z.number(),
  direction: z.enum(['sent', 'received']),
  event: z.string().optional(),
  id: z.string().optional(),
  data: z.string(),
  base64: z.boolean().optional(),
});
export type Message = z.infer<typeof messageSchema>;

export const requestSchema = z.object({
  method: z.string(),
  url: z.string(),
  httpVersion: z.string().optional(),
  headers: z.array(headerSchema),
  body: bodySchema.nullable(),
});

export const responseSchema = z.object({
  status: z.number().int(),
  statusText: z.string(),
  httpVersion: z.string().optional(),
  headers: z.array(headerSchema),
  mimeType: z.string(),
  remoteAddress: z.string().optional(),
  fromCache: z.enum(['disk', 'memory', 'prefetch', 'service-worker']).nullable(),
  body: bodySchema.nullable(),
});

/** One request with its response (or why there is none). A redirect chain is one exchange a hop. */
export const exchangeSchema = z.object({
  id: exchangeIdSchema,
  /** The browser's request id, or `har-<index>`; hops of one redirect chain share it. */
  requestId: z.string(),
  hop: z.number().int().nonnegative(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nullable(),
  /** Lower-case DevTools resource type: document, xhr, fetch, script, stylesheet, image, websocket, eventsource, preflight, ping, … */
  resourceType: z.string(),
  documentUrl: z.string().nullable(),
  frameId: z.string().nullable(),
  initiator: z.object({ type: z.string(), url: z.string().optional(), exchange: exchangeIdSchema.optional() }),
  request: requestSchema,
  response: responseSchema.nullable(),
  error: z.object({ text: z.string(), canceled: z.boolean(), blocked: z.string().optional() }).nullable(),
  /** Why the exchange never came to its end (navigation, detach, end of the recording); null when it did. */
  incomplete: z.string().nullable(),
  redirectTo: exchangeIdSchema.nullable(),
  preflightOf: exchangeIdSchema.nullable(),
  /** The copy of this request seen on the other side of the page's service worker. */
  serviceWorkerPair: exchangeIdSchema.nullable(),
  action: actionIdSchema.nullable(),
  messages: z.array(messageSchema),
});
export type Exchange = z.infer<typeof exchangeSchema>;

export const actionSchema = z.object({
  id: actionIdSchema,
  at: z.iso.datetime(),
  type: z.enum(['click', 'input', 'submit', 'navigate', 'agent']),
  role: z.string(),
  name: z.string(),
  path: z.string(),
  url: z.string(),
  exchanges: z.array(exchangeIdSchema),
});
export type Action = z.infer<typeof actionSchema>;

/** What a recording (or a HAR) turned into: the exchanges, and everything that was not kept, with its reason. */
export interface Reduction {
  targetUrl: string | null;
  startedAt: string | null;
  exchanges: Exchange[];
  actions: Action[];
  gaps: { reason: string; count: number }[];
  /** Requests the browser saw by `chrome.webRequest`; null when that was not checked. */
  browserRequests: number | null;
  /** Input entries or requests, and those left out, each with its reason. */
  conversion: { entries: number; kept: number; leftOut: { reason: string; count: number; items: string[] }[] };
}

/** First value of a header, names compared without case. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}
