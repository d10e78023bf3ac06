import { z } from 'zod';
import { scanEventSchema, scanStatusSchema } from './events.ts';
import { scanIdSchema } from './ids.ts';

/** `off`: nothing is sent to the site. `anonymous`: replays without cookies or credentials. `session`: with the recorded ones. */
export const replayConsentSchema = z.enum(['off', 'anonymous', 'session']);
export const consentSchema = z.object({
  /** The user states that they are entitled to collect from the target. */
  entitled: z.literal(true),
  replay: replayConsentSchema.default('anonymous'),
  model: z.boolean().default(false),
});
export type Consent = z.infer<typeof consentSchema>;

export const starterTemplateSchema = z.enum(['products', 'search', 'reviews', 'listings', 'jobs', 'feed', 'custom']);
export type StarterTemplate = z.infer<typeof starterTemplateSchema>;

const webUrl = z.url({ protocol: /^https?$/ }).max(4096);

export const createScanSchema = z.object({
  targetUrl: webUrl,
  intentText: z.string().max(2000).default(''),
  starterTemplate: starterTemplateSchema.default('custom'),
  consent: consentSchema,
});
export type CreateScan = z.infer<typeof createScanSchema>;

export const scanLimitsSchema = z.object({
  segmentBytes: z.number().int(),
  segmentExpandedBytes: z.number().int(),
  scanBytes: z.number().int(),
  scanExpandedBytes: z.number().int(),
  warnBytes: z.number().int(),
});

export const createdScanSchema = z.object({
  scanId: scanIdSchema,
  reportUrl: z.string(),
  eventsUrl: z.string(),
  limits: scanLimitsSchema,
});
export type CreatedScan = z.infer<typeof createdScanSchema>;

export const segmentDigestSchema = z.object({
  n: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
});
export const sealCaptureSchema = z.object({ segments: z.array(segmentDigestSchema).min(1).max(10_000) });
export type SealCapture = z.infer<typeof sealCaptureSchema>;

/** The one-shot form; `har` is a HAR document, `entries` are capture lines. */
export const oneShotCaptureSchema = z.object({
  targetUrl: webUrl,
  intentText: z.string().max(2000).default(''),
  starterTemplate: starterTemplateSchema.default('custom'),
  consent: consentSchema.optional(),
  capture: z.union([
    z.object({ har: z.record(z.string(), z.unknown()) }),
    z.object({ entries: z.array(z.record(z.string(), z.unknown())).min(1) }),
  ]),
});

export const captureAcceptedSchema = z.object({
  scanId: scanIdSchema,
  status: scanStatusSchema,
  eventsUrl: z.string(),
  reportUrl: z.string(),
});
export type CaptureAccepted = z.infer<typeof captureAcceptedSchema>;

export const scanSummarySchema = z.object({
  scanId: scanIdSchema,
  status: scanStatusSchema,
  targetUrl: z.string(),
  intentText: z.string(),
  starterTemplate: starterTemplateSchema,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  failedStep: z.string().nullable(),
  reportUrl: z.string(),
  /** One sentence once the report is there. */
  verdict: z.string().nullable(),
});
export type ScanSummary = z.infer<typeof scanSummarySchema>;

/** An address that opens the report as its owner, for one minute. */
export const ticketSchema = z.object({ url: z.url({ protocol: /^https?$/ }), expiresAt: z.iso.datetime() });

export const scanListSchema = z.object({ scans: z.array(scanSummarySchema), next: z.string().nullable() });

export const eventsAnswerSchema = z.object({
  events: z.array(scanEventSchema),
  /** Last `seq` given; send it as `since` next time. */
  cursor: z.number().int().nonnegative(),
  scan: z.object({
    scanId: scanIdSchema,
    status: scanStatusSchema,
    failedStep: z.string().nullable(),
    reportUrl: z.string(),
    verdict: z.string().nullable(),
  }),
});
export type EventsAnswer = z.infer<typeof eventsAnswerSchema>;

export const versionAnswerSchema = z.object({
  server: z.string(),
  latestClient: z.string(),
  minClient: z.string(),
  upgradeUrl: z.string(),
});
export type VersionAnswer = z.infer<typeof versionAnswerSchema>;

export const connectSchema = z.object({ code: z.string().min(4).max(64) });
export const connectedSchema = z.object({ key: z.string(), server: z.string() });

export const keyScopeSchema = z.enum(['scan', 'session', 'admin']);
export const createKeySchema = z.object({
  name: z.string().min(1).max(80),
  scopes: z.array(keyScopeSchema).min(1).default(['scan']),
});
export const keySummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(keyScopeSchema),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export const createdKeySchema = keySummarySchema.extend({ key: z.string() });
export const keyListSchema = z.object({ keys: z.array(keySummarySchema) });

export const templateSchema = z.object({
  id: starterTemplateSchema,
  title: z.string(),
  intentHint: z.string(),
  fields: z.array(z.string()),
});
export type TemplateSummary = z.infer<typeof templateSchema>;
export const templateListSchema = z.object({ templates: z.array(templateSchema) });
