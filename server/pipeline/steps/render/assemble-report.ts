import type { StepId } from '#shared/events.ts';
import type { Exchange } from '#shared/exchange.ts';
import { reportSchema, type Endpoint, type Report } from '#shared/report.ts';
import { VERSION } from '#shared/version.ts';
import { AppError } from '../../../errors.ts';
import { asScrubbed, type Scrubbed } from '../../../scrubbing/brand.ts';
import type { StepInput } from '../../step.ts';
import { listLimits } from './list-limits.ts';

export type RenderInput = StepInput<
  | 'clean_exchanges'
  | 'clean_facts'
  | 'clean_inventory'
  | 'clean_protections'
  | 'scrubbing'
  | 'buckets'
  | 'validation'
  | 'narrative',
  never
>;

const LABEL_LIMIT = 300;

function readTarget(input: RenderInput): Report['target'] {
  const url = input.scan.targetUrl || input.artifacts.clean_facts.targetUrl;
  if (!URL.canParse(url)) return { url, origin: '', site: url };
  const { origin, host } = new URL(url);
  return { url, origin, site: host };
}

function mergeEndpoints({ clean_inventory, buckets, narrative }: RenderInput['artifacts']): Endpoint[] {
  const ranked = new Map(buckets.endpoints.map((item) => [item.endpoint, item]));
  const told = new Map(narrative.endpoints.map((item) => [item.endpoint, item]));
  return clean_inventory.endpoints.map((facts): Endpoint => {
    const rank = ranked.get(facts.id);
    const text = told.get(facts.id);
    return {
      ...facts,
      bucket: rank?.bucket ?? 'C',
      reason: rank?.reason ?? 'It was not compared with what you asked for.',
      name: text?.name ?? { text: `${facts.method} ${facts.template}`, source: 'rule' },
      summary: text?.summary ?? { text: '', source: 'rule' },
      tag: text?.tag ?? '',
      appearsWhen: text?.appearsWhen ?? [],
    };
  });
}

/** Best first: by bucket, then by how well it fits, then as they appeared. */
function orderEndpoints(endpoints: readonly Endpoint[], { buckets }: RenderInput['artifacts']): Endpoint[] {
  const score = new Map(buckets.endpoints.map((item) => [item.endpoint, item.score]));
  return [...endpoints].sort(
    (a, b) => a.bucket.localeCompare(b.bucket) || (score.get(b.id) ?? 0) - (score.get(a.id) ?? 0),
  );
}

function labelOf(exchange: Exchange, origin: string): string {
  const { url } = exchange.request;
  if (!URL.canParse(url)) return url.slice(0, LABEL_LIMIT);
  const parsed = new URL(url);
  const own = parsed.origin === origin ? '' : parsed.host;
  return `${own}${parsed.pathname}${parsed.search}`.slice(0, LABEL_LIMIT);
}

function buildTimeline(
  exchanges: readonly Exchange[],
  endpoints: readonly Endpoint[],
  origin: string,
): Report['timeline'] {
  const endpointOf = new Map(
    endpoints.flatMap(({ id, evidence }) => evidence.map((exchange) => [exchange, id] as const)),
  );
  const starts = exchanges.map(({ startedAt }) => Date.parse(startedAt));
  const zero = starts.reduce((least, start) => Math.min(least, start), Infinity);
  return exchanges.map((exchange, index) => ({
    exchange: exchange.id,
    startMs: (starts[index] ?? zero) - zero,
    durationMs: exchange.durationMs,
    method: exchange.request.method,
    label: labelOf(exchange, origin),
    status: exchange.response?.status ?? null,
    resourceType: exchange.resourceType,
    endpoint: endpointOf.get(exchange.id) ?? null,
  }));
}

function readVersions(input: RenderInput, own: number): Report['versions'] {
  const known = new Map((input.earlier ?? []).map(({ step, version }) => [step, version]));
  const of = (step: StepId): number => known.get(step) ?? 0;
  return {
    server: VERSION,
    steps: {
      ingest: of('ingest'),
      detection: of('detection'),
      analysis: of('analysis'),
      scrub: of('scrub'),
      intent_filter: of('intent_filter'),
      validation: of('validation'),
      synthesis: of('synthesis'),
      render: own,
    },
  };
}

/** Puts the report together and checks it against its own description; throws `INTERNAL_ERROR` naming the places that do not fit. */
export function assembleReport(input: RenderInput, version: number): Scrubbed<Report> {
  const { artifacts, scan } = input;
  const { clean_facts, clean_inventory, narrative } = artifacts;
  const target = readTarget(input);
  const endpoints = orderEndpoints(mergeEndpoints(artifacts), artifacts);
  const report: Report = {
    format: 1,
    scanId: scan.scanId,
    createdAt: input.now().toISOString(),
    target,
    intent: { text: scan.intentText, template: scan.starterTemplate },
    consent: scan.consent,
    verdict: narrative.verdict,
    recommendation: narrative.recommendation,
    notes: narrative.notes,
    costDrivers: narrative.costDrivers,
    coverage: artifacts.buckets.coverage,
    actions: clean_facts.actions,
    protections: artifacts.clean_protections,
    endpoints,
    dependencies: clean_inventory.dependencies,
    thirdParties: clean_inventory.thirdParties,
    origins: clean_inventory.origins,
    validation: artifacts.validation,
    conversion: clean_facts.conversion,
    completeness: clean_facts.completeness,
    scrubbing: artifacts.scrubbing,
    starters: narrative.starters,
    timeline: buildTimeline(artifacts.clean_exchanges, endpoints, target.origin),
    limits: listLimits(input),
    model: narrative.model,
    versions: readVersions(input, version),
  };
  const checked = reportSchema.safeParse(report);
  if (checked.success) return asScrubbed(checked.data);
  const places = checked.error.issues.slice(0, 5).map(({ path }) => path.join('.'));
  throw new AppError('INTERNAL_ERROR', `The report does not fit its own description at ${places.join(', ')}.`, {
    cause: checked.error,
  });
}
