import { z } from 'zod';
import { trafficRowSchema } from '../messages.ts';

/**
 * What the recorder remembers of a request, kept beside the journal so that it survives the death of the worker.
 * `body`: `waiting` until the answer ends, `wanted` while it is fetched, `done` when its line is written or none will be.
 */
export const trackedRequestSchema = z.object({
  key: z.string(),
  requestId: z.string(),
  tabId: z.number(),
  sessionId: z.string().optional(),
  frameId: z.string().nullable(),
  loaderId: z.string().nullable(),
  hop: z.number(),
  mimeType: z.string(),
  answered: z.boolean(),
  /** Bytes that came over the network or from the cache, decoded. */
  receivedBytes: z.number(),
  failed: z.boolean(),
  canceled: z.boolean(),
  fromServiceWorker: z.boolean(),
  streamed: z.boolean(),
  body: z.enum(['waiting', 'wanted', 'done']),
  requestBody: z.enum(['none', 'wanted', 'done']),
  row: trafficRowSchema,
});
export type TrackedRequest = z.infer<typeof trackedRequestSchema>;

export function requestKey(tabId: number, requestId: string): string {
  return `${tabId} ${requestId}`;
}
