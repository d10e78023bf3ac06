import type { Exchange } from '#shared/exchange.ts';
import type { Bucket, Buckets, EndpointFacts, Inventory, Protection, Tier, Validation } from '#shared/report.ts';
import type { CaptureFacts } from '../../artifacts.ts';

export interface SynthesisSource {
  /** The user said what they want, in words or by a template. */
  asked: boolean;
  inventory: Inventory;
  exchanges: readonly Exchange[];
  facts: CaptureFacts;
  protections: readonly Protection[];
  buckets: Buckets;
  validation: Validation;
}

const TIER_ORDER: readonly Tier[] = ['none', 'datacenter', 'residential'];

/** What the verdict, the difficulty and the recommendation are all judged from. */
export interface Situation extends SynthesisSource {
  bucketOf: ReadonlyMap<string, Bucket>;
  exchangeById: ReadonlyMap<string, Exchange>;
  answering: readonly EndpointFacts[];
  /** Answering endpoints that some client reached with the same answer. */
  reached: readonly EndpointFacts[];
  /** Answering endpoints that were tried and never gave the same answer. */
  unreached: readonly EndpointFacts[];
  /** The most demanding client and network that the reached ones need; null when nothing was reached. */
  client: { id: string; name: string; rung: number } | null;
  tier: Tier | null;
  session: 'none' | 'needed' | 'unknown';
  signed: boolean;
  /** Answers that said "too many requests", and the longest wait that one asked for. */
  rateLimits: { count: number; retryAfterSeconds: number | null };
}

function readRateLimits(source: SynthesisSource): Situation['rateLimits'] {
  const limited = source.exchanges.filter(({ response }) => response?.status === 429);
  const waits = limited
    .map(({ response }) => Number(response?.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]))
    .filter((seconds) => Number.isFinite(seconds) && seconds > 0);
  const replayed = source.validation.runs.filter(({ outcome }) => outcome === 'rate-limited').length;
  return { count: limited.length + replayed, retryAfterSeconds: waits.length === 0 ? null : Math.max(...waits) };
}

/** Judged by what was reached; what nobody tried says nothing, unless there is nothing else. */
function readSession(
  answering: readonly EndpointFacts[],
  reached: readonly EndpointFacts[],
  validation: Validation,
): Situation['session'] {
  const states = (reached.length > 0 ? reached : answering).map((endpoint) => {
    const known = validation.sufficient.find((item) => item.endpoint === endpoint.id)?.needsSession;
    if (known === true) return 'needed';
    if (known === false) return 'none';
    return endpoint.auth.some(({ kind }) => kind !== 'none') ? 'unknown' : 'none';
  });
  if (states.includes('needed')) return 'needed';
  return states.includes('unknown') ? 'unknown' : 'none';
}

export function readSituation(source: SynthesisSource): Situation {
  const { validation } = source;
  const bucketOf = new Map(source.buckets.endpoints.map(({ endpoint, bucket }) => [endpoint, bucket]));
  const scoreOf = new Map(source.buckets.endpoints.map(({ endpoint, score }) => [endpoint, score]));
  const answering = source.inventory.endpoints
    .filter(({ id }) => bucketOf.get(id) === 'A')
    .sort((a, b) => (scoreOf.get(b.id) ?? 0) - (scoreOf.get(a.id) ?? 0));
  const sufficient = new Map(validation.sufficient.map((item) => [item.endpoint, item]));
  const tried = new Set(
    validation.runs.filter(({ outcome }) => outcome !== 'not-tried').map(({ endpoint }) => endpoint),
  );
  const reached = answering.filter(({ id }) => (sufficient.get(id)?.client ?? null) !== null);
  const unreached = answering.filter((endpoint) => tried.has(endpoint.id) && !reached.includes(endpoint));
  const rungs = reached.map(({ id }) =>
    validation.clients.findIndex((client) => client.id === sufficient.get(id)?.client),
  );
  const rung = rungs.length === 0 ? -1 : Math.max(...rungs);
  const chosen = validation.clients[rung];
  const tiers = reached.map(({ id }) => TIER_ORDER.indexOf(sufficient.get(id)?.tier ?? 'none'));
  return {
    ...source,
    bucketOf,
    exchangeById: new Map(source.exchanges.map((exchange) => [exchange.id, exchange])),
    answering,
    reached,
    unreached,
    client: chosen ? { id: chosen.id, name: chosen.name, rung } : null,
    tier: tiers.length === 0 ? null : (TIER_ORDER[Math.max(...tiers)] ?? 'none'),
    session: readSession(answering, reached, validation),
    signed: answering.some(({ auth }) => auth.some(({ kind }) => kind === 'signature')),
    rateLimits: readRateLimits(source),
  };
}
