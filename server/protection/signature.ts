import { z } from 'zod';
import { protectionSchema } from '#shared/report.ts';

/** Where the facts of a signal were read; `seen` beside it says when. */
export const SOURCES = {
  vendor: 'documentation of the vendor',
  'rule-set': 'two or more public detection rule sets agree',
  'single-rule': 'one public detection rule set',
  fixture: 'recorded answers in a public test suite',
  report: 'public issue threads and field reports',
} as const;

const pattern = z.instanceof(RegExp);
const statusGate = z.union([
  z.number().int(),
  z.tuple([z.number().int(), z.number().int()]).check((ctx) => {
    if (ctx.value[0] > ctx.value[1])
      ctx.issues.push({ code: 'custom', message: 'the range runs backwards', input: ctx.value });
  }),
]);
const activeKind = z.enum(['challenge', 'block', 'captcha']);

const common = {
  /** Unique within the vendor; `<vendor>/<id>` names the shape that the value patterns leave behind. */
  id: z.string().regex(/^[a-z0-9-]{1,48}$/),
  /** How much this alone says that the vendor is there, 1–100. */
  weight: z.number().int().min(1).max(100),
  /** False: it only supports what other signals say and never makes a finding by itself. */
  alone: z.literal(false).optional(),
  /** It shows the vendor's delivery network, not its protection. */
  cdn: z.literal(true).optional(),
  /** The response that carries it is a challenge, a block or a CAPTCHA. */
  active: activeKind.optional(),
  /** It is given to a browser that got through a challenge. */
  passed: z.literal(true).optional(),
  /** Counts only on responses with one of these statuses (a pair is a range, both ends included). */
  statuses: z.array(statusGate).min(1).optional(),
  /** Severity of a finding that rests on this signal, when it differs from the vendor's. */
  severity: z.number().int().min(0).max(4).optional(),
  source: z.enum(Object.keys(SOURCES) as [keyof typeof SOURCES, ...(keyof typeof SOURCES)[]]),
  /** Year and month in which the fact was last seen. */
  seen: z.string().regex(/^20\d\d-\d\d$/),
};
const label = z.string().min(1).max(80);

/** A cookie by name, set by a response or sent by a request; `value` is compared with the raw value at ingest only. */
const cookieSignal = z.strictObject({
  ...common,
  place: z.enum(['cookie', 'set-cookie', 'request-cookie']),
  name: pattern,
  value: pattern.optional(),
});
const headerSignal = z.strictObject({
  ...common,
  place: z.enum(['response-header', 'request-header']),
  name: pattern,
  value: pattern.optional(),
});
/** `url`: any request or embedded frame; `script-url`: a script that was loaded or is named by a script element. Parts are matched apart. */
const urlSignal = z.strictObject({
  ...common,
  place: z.enum(['url', 'script-url']),
  host: pattern.optional(),
  path: pattern.optional(),
  query: pattern.optional(),
  label,
});
/** A status that says something only beside other signals. */
const statusSignal = z.strictObject({ ...common, place: z.literal('status'), label });
/** An element of a returned page: an attribute's value, the title, or code of an inline script. */
const domSignal = z.strictObject({
  ...common,
  place: z.literal('dom'),
  attribute: z.string().optional(),
  tag: z.string().optional(),
  value: pattern.optional(),
  title: pattern.optional(),
  inlineScript: pattern.optional(),
  label,
});
/** Words of a page (`text`, markup removed) or the bytes of a body (`raw`). */
const bodySignal = z.strictObject({
  ...common,
  place: z.literal('body'),
  of: z.literal('request').optional(),
  text: pattern.optional(),
  raw: pattern.optional(),
  /** Longest body that counts, in characters: block pages are short, articles that quote them are not. */
  maxChars: z.number().int().positive().optional(),
  label,
});

export const signalSchema = z.discriminatedUnion('place', [
  cookieSignal,
  headerSignal,
  urlSignal,
  statusSignal,
  domSignal,
  bodySignal,
]);
export type Signal = z.infer<typeof signalSchema>;

/** Signals that together, on one response, say more than each. */
export const combinationSchema = z.strictObject({
  all: z.array(z.string()).min(2),
  weight: common.weight,
  cdn: common.cdn,
  active: activeKind.optional(),
  source: common.source,
  seen: common.seen,
});

export const vendorSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string(),
  category: protectionSchema.shape.category,
  /** Severity when it is merely there, and when it challenged or blocked. */
  severity: z.strictObject({ present: z.number().int().min(0).max(4), active: z.number().int().min(0).max(4) }),
  /** What it means for someone who wants the data, in plain words. */
  meaning: z.strictObject({ present: z.string(), active: z.string(), cdn: z.string().optional() }),
  signals: z.array(signalSchema).min(1),
  combinations: z.array(combinationSchema).optional(),
});
export type Vendor = z.infer<typeof vendorSchema>;
