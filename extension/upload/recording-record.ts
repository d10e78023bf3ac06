import { z } from 'zod';
import { consentSchema, scanLimitsSchema, starterTemplateSchema } from '#shared/api.ts';
import { recordingStateSchema, stepViewSchema, troubleSchema } from '../messages.ts';

/** The recording as it is kept in the extension's database, so that it goes on after the worker or the browser was stopped. */
export const recordingRecordSchema = z.object({
  version: z.literal(1),
  /** Random; also the idempotency key under which the scan is created. */
  id: z.string(),
  phase: recordingStateSchema.shape.phase,
  tabId: z.number(),
  targetUrl: z.string(),
  intentText: z.string(),
  starterTemplate: starterTemplateSchema,
  consent: consentSchema,
  startedAt: z.iso.datetime(),
  /** Nothing will be recorded any more. */
  ended: z.boolean(),
  /** The reducer of the capture side keeps its own shape in here. */
  tally: z.unknown(),
  /** When something was last written, milliseconds since the epoch. */
  journaledAt: z.number(),
  scanId: z.string().nullable(),
  reportUrl: z.string().nullable(),
  limits: scanLimitsSchema.nullable(),
  sealed: z.boolean(),
  /** Last event seen. */
  cursor: z.number(),
  steps: z.array(stepViewSchema),
  verdict: z.string().nullable(),
  trouble: troubleSchema.nullable(),
});
export type RecordingRecord = z.infer<typeof recordingRecordSchema>;
