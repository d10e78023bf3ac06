import { z } from 'zod';

/** The pipeline's steps, in order; the names are the contract. */
export const STEP_IDS = [
  'ingest',
  'detection',
  'analysis',
  'scrub',
  'intent_filter',
  'validation',
  'synthesis',
  'render',
] as const;
export const stepIdSchema = z.enum(STEP_IDS);
export type StepId = z.infer<typeof stepIdSchema>;

export const eventStatusSchema = z.enum(['started', 'progress', 'complete', 'errored', 'skipped']);
export type EventStatus = z.infer<typeof eventStatusSchema>;

/** `step` is a pipeline step, or `scan` for the scan's own life (queued, complete, failed). `seq` is gapless per scan. */
export const scanEventSchema = z.object({
  seq: z.number().int().positive(),
  step: z.union([stepIdSchema, z.literal('scan')]),
  status: eventStatusSchema,
  message: z.string(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  createdAt: z.iso.datetime(),
});
export type ScanEvent = z.infer<typeof scanEventSchema>;

export const scanStatusSchema = z.enum([
  'recording',
  'uploading',
  'queued',
  'processing',
  'complete',
  'failed',
  'parked',
  'expired',
  'erased',
]);
export type ScanStatus = z.infer<typeof scanStatusSchema>;

/** No further event comes once a scan is in one of these. */
export const TERMINAL_STATUSES: ReadonlySet<ScanStatus> = new Set([
  'complete',
  'failed',
  'parked',
  'expired',
  'erased',
]);
