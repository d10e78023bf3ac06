import { z } from 'zod';
import { actionSchema, exchangeSchema, type Exchange } from '#shared/exchange.ts';
import {
  bucketsSchema,
  completenessSchema,
  inventorySchema,
  leftOutSchema,
  protectionSchema,
  reportSchema,
  starterSchema,
  textSchema,
  validationSchema,
} from '#shared/report.ts';
import { endpointIdSchema, exchangeIdSchema } from '#shared/ids.ts';
import type { Raw, Scrubbed } from '../scrubbing/brand.ts';

/** A secret the capture holds: where it is replaced from, and by what. Lives in the vault. */
export const dictionaryEntrySchema = z.object({
  value: z.string(),
  type: z.string(),
  placeholder: z.string(),
  /** Short or common values are replaced only where they were found. */
  propagate: z.boolean(),
});
export type DictionaryEntry = z.infer<typeof dictionaryEntrySchema>;

export const captureFactsSchema = z.object({
  targetUrl: z.string(),
  startedAt: z.iso.datetime().nullable(),
  actions: z.array(actionSchema),
  completeness: completenessSchema,
  conversion: z.object({ entries: z.number().int(), kept: z.number().int(), leftOut: z.array(leftOutSchema) }),
  /** Values replaced so far, per type. */
  replaced: z.array(z.object({ type: z.string(), values: z.number().int(), replacements: z.number().int() })),
});
export type CaptureFacts = z.infer<typeof captureFactsSchema>;

/** What detection may know of a value it never sees: the shape class of a cookie, header or body. */
export const valueShapeSchema = z.object({
  exchange: exchangeIdSchema,
  place: z.enum(['request-cookie', 'set-cookie', 'request-header', 'response-header', 'url', 'body']),
  name: z.string(),
  /** Ids of the value patterns (declared by the vendor files) that the raw value matched. */
  shapes: z.array(z.string()),
});
export type ValueShape = z.infer<typeof valueShapeSchema>;

export const narrativeSchema = z.object({
  endpoints: z.array(
    z.object({
      endpoint: endpointIdSchema,
      name: textSchema,
      summary: textSchema,
      tag: z.string(),
      appearsWhen: z.array(z.string()),
    }),
  ),
  verdict: reportSchema.shape.verdict,
  recommendation: reportSchema.shape.recommendation,
  notes: z.array(textSchema),
  costDrivers: reportSchema.shape.costDrivers,
  starters: z.array(starterSchema),
  model: reportSchema.shape.model,
});
export type Narrative = z.infer<typeof narrativeSchema>;

/** One downloadable file; `path` is its name below `/r/<slug>/` (`openapi.yaml`, `capture.har`, `report.html`, …). */
export const exportFileSchema = z.object({ path: z.string(), mediaType: z.string(), text: z.string() });
export type ExportFile = z.infer<typeof exportFileSchema>;

/**
 * Every artifact: its schema, how it is stored, and whether it may leave the vault. `ndjson` artifacts are arrays, one
 * element a line.
 */
export const ARTIFACTS = {
  raw_exchanges: { schema: z.array(exchangeSchema), format: 'ndjson', vault: true },
  dictionary: { schema: z.array(dictionaryEntrySchema), format: 'ndjson', vault: true },
  exchanges: { schema: z.array(exchangeSchema), format: 'ndjson', vault: false },
  capture_facts: { schema: captureFactsSchema, format: 'json', vault: false },
  value_shapes: { schema: z.array(valueShapeSchema), format: 'ndjson', vault: false },
  protections: { schema: z.array(protectionSchema), format: 'json', vault: false },
  inventory: { schema: inventorySchema, format: 'json', vault: false },
  clean_exchanges: { schema: z.array(exchangeSchema), format: 'ndjson', vault: false },
  clean_facts: { schema: captureFactsSchema, format: 'json', vault: false },
  clean_protections: { schema: z.array(protectionSchema), format: 'json', vault: false },
  clean_inventory: { schema: inventorySchema, format: 'json', vault: false },
  scrubbing: { schema: reportSchema.shape.scrubbing, format: 'json', vault: false },
  buckets: { schema: bucketsSchema, format: 'json', vault: false },
  validation: { schema: validationSchema, format: 'json', vault: false },
  narrative: { schema: narrativeSchema, format: 'json', vault: false },
  report: { schema: reportSchema, format: 'json', vault: false },
  exports: { schema: z.array(exportFileSchema), format: 'ndjson', vault: false },
} as const;

export type ArtifactName = keyof typeof ARTIFACTS;

/** Value of each artifact as a step reads and writes it: vault artifacts are `Raw`, all others `Scrubbed`. */
export interface Artifacts {
  raw_exchanges: Raw<Exchange[]>;
  dictionary: Raw<DictionaryEntry[]>;
  exchanges: Scrubbed<Exchange[]>;
  capture_facts: Scrubbed<CaptureFacts>;
  value_shapes: Scrubbed<ValueShape[]>;
  protections: Scrubbed<z.infer<(typeof ARTIFACTS)['protections']['schema']>>;
  inventory: Scrubbed<z.infer<typeof inventorySchema>>;
  clean_exchanges: Scrubbed<Exchange[]>;
  clean_facts: Scrubbed<CaptureFacts>;
  clean_protections: Scrubbed<z.infer<(typeof ARTIFACTS)['clean_protections']['schema']>>;
  clean_inventory: Scrubbed<z.infer<typeof inventorySchema>>;
  scrubbing: Scrubbed<z.infer<(typeof ARTIFACTS)['scrubbing']['schema']>>;
  buckets: Scrubbed<z.infer<typeof bucketsSchema>>;
  validation: Scrubbed<z.infer<typeof validationSchema>>;
  narrative: Scrubbed<Narrative>;
  report: Scrubbed<z.infer<typeof reportSchema>>;
  exports: Scrubbed<ExportFile[]>;
}
