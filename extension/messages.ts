import { z } from 'zod';
import { consentSchema, starterTemplateSchema, templateSchema } from '#shared/api.ts';
import { eventStatusSchema, scanStatusSchema, stepIdSchema } from '#shared/events.ts';

/** Every message between panel and background. The panel asks, the background answers and broadcasts its state. */
export const requestMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state') }),
  /** `secret` is a one-time code of an embedded server or an API key. */
  z.object({ type: z.literal('connect'), server: z.string(), secret: z.string() }),
  z.object({ type: z.literal('disconnect') }),
  z.object({
    type: z.literal('start'),
    tabId: z.number().int(),
    intentText: z.string(),
    starterTemplate: starterTemplateSchema,
    consent: consentSchema,
    reload: z.boolean(),
  }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('reload-target') }),
  z.object({ type: z.literal('finish') }),
  /** Throws away what was recorded and not yet sealed. */
  z.object({ type: z.literal('discard') }),
  /** Leaves the processing or trouble view and goes back to the start. */
  z.object({ type: z.literal('dismiss') }),
  /** Opens the report in a new tab as its owner. */
  z.object({ type: z.literal('open-report'), scanId: z.string() }),
  z.object({ type: z.literal('traffic'), after: z.number().int().nonnegative() }),
]);
export type RequestMessage = z.infer<typeof requestMessageSchema>;

export const trafficRowSchema = z.object({
  /** Counts up; a later row with the same `key` replaces the earlier one. */
  seq: z.number().int(),
  key: z.string(),
  method: z.string(),
  url: z.string(),
  resourceType: z.string(),
  status: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  /** Why the body is missing, in words; null while it is pending or when it is there. */
  lost: z.string().nullable(),
  state: z.enum(['pending', 'done', 'failed']),
  thirdParty: z.boolean(),
});
export type TrafficRow = z.infer<typeof trafficRowSchema>;

export const troubleSchema = z.object({
  kind: z.enum([
    'debugger-canceled',
    'tab-closed',
    'tab-crashed',
    'page-not-recordable',
    'policy',
    'offline',
    'client-too-old',
    'server-older',
    'quota',
    'key-refused',
    'upload-refused',
    'scan-failed',
  ]),
  /** What happened. */
  message: z.string(),
  /** What it means for the work already done. */
  safe: z.string(),
  /** The one thing to press next. */
  action: z.enum(['resume', 'finish', 'reconnect', 'retry', 'dismiss']),
});
export type Trouble = z.infer<typeof troubleSchema>;

export const stepViewSchema = z.object({
  step: stepIdSchema,
  status: z.union([z.literal('pending'), z.literal('running'), eventStatusSchema]),
  message: z.string(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Messages of the running step, newest last. */
  progress: z.array(z.string()),
});
export type StepView = z.infer<typeof stepViewSchema>;

export const recordingStateSchema = z.object({
  phase: z.enum(['recording', 'paused', 'uploading', 'processing', 'done']),
  tabId: z.number().int(),
  targetUrl: z.string(),
  intentText: z.string(),
  startedAt: z.iso.datetime(),
  counters: z.object({
    requests: z.number().int(),
    bodies: z.number().int(),
    lost: z.number().int(),
    bytes: z.number().int(),
    /** Compressed bytes so far, the size the limit counts. */
    compressedBytes: z.number().int(),
    hosts: z.number().int(),
    actions: z.number().int(),
  }),
  segments: z.object({ made: z.number().int(), uploaded: z.number().int() }),
  /** The page was already loaded when recording began: offer a reload to capture it from the start. */
  attachedLate: z.boolean(),
  warnBytes: z.number().int(),
  limitBytes: z.number().int(),
  scanId: z.string().nullable(),
  reportUrl: z.string().nullable(),
  verdict: z.string().nullable(),
  steps: z.array(stepViewSchema),
  trouble: troubleSchema.nullable(),
});
export type RecordingState = z.infer<typeof recordingStateSchema>;

export const panelStateSchema = z.object({
  version: z.string(),
  connection: z.object({
    server: z.string(),
    connected: z.boolean(),
    error: z.string().nullable(),
    /** Newer client offered, or this one refused. */
    update: z.object({ version: z.string(), url: z.string(), required: z.boolean() }).nullable(),
  }),
  templates: z.array(templateSchema),
  recording: recordingStateSchema.nullable(),
  recent: z.array(
    z.object({
      scanId: z.string(),
      targetUrl: z.string(),
      createdAt: z.iso.datetime(),
      status: scanStatusSchema,
      reportUrl: z.string(),
    }),
  ),
});
export type PanelState = z.infer<typeof panelStateSchema>;

export const answerMessageSchema = z.union([
  z.object({ ok: z.literal(true), state: panelStateSchema }),
  z.object({ ok: z.literal(true), rows: z.array(trafficRowSchema) }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
export type AnswerMessage = z.infer<typeof answerMessageSchema>;

/** Sent by the background to every open panel. */
export const broadcastMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state-changed'), state: panelStateSchema }),
  z.object({ type: z.literal('traffic-changed'), lastSeq: z.number().int() }),
]);
export type BroadcastMessage = z.infer<typeof broadcastMessageSchema>;
