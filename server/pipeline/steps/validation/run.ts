import { setTimeout as wait } from 'node:timers/promises';
import { headerValue, type Exchange } from '#shared/exchange.ts';
import type { EndpointFacts, Tier, Validation, ValidationRun } from '#shared/report.ts';
import { runCascade, type Attempt, type AttemptResult, type SessionMode } from '../../../clients/cascade.ts';
import type { HttpClient } from '../../../clients/client.ts';
import { createPace, type PaceParts } from '../../../clients/pace.ts';
import { REPLAY_POLICY, type ReplayPolicy } from '../../../clients/policy.ts';
import { CLIENTS } from '../../../clients/index.ts';
import type { EgressPort } from '../../../egress/port.ts';
import { asScrubbed } from '../../../scrubbing/brand.ts';
import type { StepInput } from '../../step.ts';
import { askRobots, type RobotsAnswer } from './ask-robots.ts';
import { planReplay, type ReplayPlan } from './plan-replay.ts';
import { sendAttempt } from './send-attempt.ts';

export interface ValidationParts {
  clients: readonly HttpClient[];
  policy: ReplayPolicy;
  random: PaceParts['random'];
  sleep: PaceParts['sleep'];
  /** PEM file of authorities that the operator trusts besides the public ones. */
  caFile: string | null;
}
export type ValidationInput = StepInput<
  'raw_exchanges' | 'dictionary' | 'clean_inventory' | 'clean_protections' | 'buckets',
  'egress' | 'attempts'
>;

export const VALIDATION_PARTS: ValidationParts = {
  clients: CLIENTS,
  policy: REPLAY_POLICY,
  random: Math.random,
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  caFile: null,
};

export const notPerformed = (reason: string): Validation => ({
  performed: false,
  reason,
  clients: [],
  tiers: [],
  runs: [],
  sufficient: [],
});

/** Why nothing may be sent at all; null when replays are allowed. */
function whyNot(input: ValidationInput): string | null {
  const { consent } = input.scan;
  if (consent?.replay === 'off') return 'Replays are switched off for this scan, so nothing was sent to the site.';
  if (input.ports.egress === null)
    return 'Nothing is sent to the site in this mode; validation needs a server that may.';
  if (consent === null) return 'Nobody allowed replays for this scan, so nothing was sent to the site.';
  return null;
}

const key = ({
  endpoint,
  client,
  tier,
  session,
}: Pick<ValidationRun, 'endpoint' | 'client' | 'tier' | 'session'>): string =>
  [endpoint, client, tier, session].join(' ');

/** Bucket A, the best first. */
function candidates(input: ValidationInput): EndpointFacts[] {
  const byId = new Map(input.artifacts.clean_inventory.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  return input.artifacts.buckets.endpoints
    .filter(({ bucket }) => bucket === 'A')
    .sort((a, b) => b.score - a.score)
    .flatMap(({ endpoint }) => byId.get(endpoint) ?? []);
}

/** Repeats what was recorded with ordinary clients, through the guard, and says which client is enough for each endpoint. */
export async function runValidation(parts: ValidationParts, input: ValidationInput): Promise<Validation> {
  const refusal = whyNot(input);
  const { egress } = input.ports;
  if (refusal !== null || egress === null) return notPerformed(refusal ?? '');
  try {
    return await validate(parts, input, egress);
  } finally {
    await Promise.all(parts.clients.map((client) => client.close()));
  }
}

async function validate(parts: ValidationParts, input: ValidationInput, egress: EgressPort): Promise<Validation> {
  const { policy } = parts;
  const { signal, artifacts } = input;
  const known = new Map(parts.clients.map((client) => [client.id, client]));
  const listed = policy.ladder.flatMap((id) => known.get(id) ?? []);
  const usable = await Promise.all(listed.map((client) => client.available()));
  const ladder = listed.filter((_, i) => usable[i]);
  const [first] = ladder;
  if (first === undefined) return notPerformed('No HTTP client for replays is available on this server.');
  const tiers = await egress.tiers();
  const exchanges = new Map<string, Exchange>(artifacts.raw_exchanges.map((exchange) => [exchange.id, exchange]));
  const earlier = await input.ports.attempts.past();
  const past = Map.groupBy(earlier, key);
  const pace = createPace({ now: () => input.now().getTime(), random: parts.random, sleep: parts.sleep }, policy);
  const origins = new Map(artifacts.clean_inventory.endpoints.map(({ id, origin }) => [id, origin]));
  for (const { endpoint, at, status } of earlier) {
    const origin = origins.get(endpoint);
    if (status !== null && origin !== undefined && URL.canParse(origin))
      pace.note(new URL(origin).hostname, Date.parse(at));
  }
  const robots = new Map<string, RobotsAnswer>();
  const stopped = new Map<string, string>();
  const refusals = new Map<string, number>();
  const runs: ValidationRun[] = [];
  let sent = 0;

  const keep = async (run: ValidationRun): Promise<void> => {
    await input.ports.attempts.append(asScrubbed(run));
    runs.push(run);
  };
  const resume = (wanted: Parameters<typeof key>[0]): ValidationRun | undefined => {
    const run = past.get(key(wanted))?.shift();
    if (run !== undefined) runs.push(run);
    return run;
  };
  const tell = async (plan: ReplayPlan, run: ValidationRun, name: string): Promise<void> => {
    await input.progress(
      asScrubbed(
        `${plan.method} ${plan.endpoint.template} · ${name}${run.tier === 'none' ? '' : ` (${run.tier})`}: ${run.reason}`,
      ),
      { endpoint: run.endpoint, client: run.client, tier: run.tier, session: run.session, outcome: run.outcome },
    );
  };

  /** A row for an endpoint that was left alone, once. */
  async function leaveOut(
    endpoint: EndpointFacts,
    exchange: string,
    outcome: 'not-tried' | 'refused-by-guard',
    reason: string,
  ) {
    const where = { endpoint: endpoint.id, client: first?.id ?? '', tier: 'none', session: 'anonymous' } as const;
    if (resume(where) === undefined)
      await keep({
        ...where,
        exchange,
        outcome,
        status: null,
        durationMs: null,
        bytes: null,
        reason,
        at: input.now().toISOString(),
      });
  }

  async function attemptFor(
    plan: ReplayPlan,
    counter: { attempts: number },
    attempt: Attempt,
  ): Promise<AttemptResult | string> {
    signal.throwIfAborted();
    const client = known.get(attempt.client);
    if (client === undefined) return 'the client is not known';
    counter.attempts += 1;
    const before = resume({ endpoint: plan.endpoint.id, ...attempt });
    if (before !== undefined) {
      if (before.outcome === 'rate-limited') stopped.set(plan.host, `the host is left alone after ${before.reason}`);
      return {
        outcome: before.outcome,
        reason: before.reason,
        conclusive: before.status === 404 || before.status === 410,
      };
    }
    const why = stopped.get(plan.host);
    if (why !== undefined) return why;
    if (counter.attempts > policy.maxAttemptsPerEndpoint) return 'enough requests were sent for this endpoint';
    if (sent >= policy.maxAttempts) return 'enough requests were sent in this run';
    sent += 1;
    await pace.turn(plan.host, signal);
    const { run, conclusive, stop } = await sendAttempt(
      { egress, policy, caFile: parts.caFile, now: input.now, signal },
      plan,
      client,
      attempt,
    );
    await keep(run);
    await tell(plan, run, client.name);
    if (stop !== null) stopped.set(plan.host, stop);
    const inRow = run.outcome === 'blocked' || run.outcome === 'challenge' ? (refusals.get(plan.host) ?? 0) + 1 : 0;
    refusals.set(plan.host, inRow);
    if (inRow >= policy.maxRefusals * ladder.length)
      stopped.set(plan.host, `the host is left alone after it refused ${inRow} requests in a row`);
    return { outcome: run.outcome, reason: run.reason, conclusive };
  }

  const replay = input.scan.consent?.replay ?? 'off';
  const sufficient: Validation['sufficient'] = [];
  let tried = 0;
  for (const endpoint of candidates(input)) {
    signal.throwIfAborted();
    const conclude = (reason: string, found: Partial<Validation['sufficient'][number]> = {}) =>
      sufficient.push({ endpoint: endpoint.id, client: null, tier: null, needsSession: null, reason, ...found });
    const plan = planReplay(endpoint, exchanges, artifacts.dictionary, policy);
    if (typeof plan === 'string') {
      conclude(`Not tried: ${plan}.`);
      continue;
    }
    const leave = async (outcome: 'not-tried' | 'refused-by-guard', reason: string) => {
      await leaveOut(endpoint, plan.exchange, outcome, reason);
      conclude(`${outcome === 'not-tried' ? 'Not tried' : 'Refused by the egress guard'}: ${reason}.`);
    };
    if (tried >= policy.maxEndpoints) {
      await leave('not-tried', `only ${policy.maxEndpoints} endpoints are repeated in one run`);
      continue;
    }
    const held = stopped.get(plan.host);
    if (held !== undefined) {
      await leave('not-tried', held);
      continue;
    }
    const { origin } = new URL(plan.session.url);
    const rules =
      robots.get(origin) ??
      (await askRobots(
        {
          egress,
          client: first,
          policy,
          turn: (host) => pace.turn(host, signal),
          userAgent: headerValue(plan.session.headers, 'user-agent'),
          caFile: parts.caFile,
          signal,
        },
        origin,
      ));
    robots.set(origin, rules);
    if (rules.kind === 'guard') {
      await leave('refused-by-guard', rules.reason);
      continue;
    }
    if (rules.kind === 'unknown') {
      await leave('not-tried', `${rules.reason}, which counts as a no`);
      continue;
    }
    const { pathname, search } = new URL(plan.anonymous.url);
    if (!rules.rules.allows(`${pathname}${search}`)) {
      await leave('not-tried', 'the site’s robots.txt asks automatic clients to leave it alone');
      continue;
    }
    if ((rules.rules.crawlDelayMs ?? 0) > policy.maxCrawlDelayMs) {
      await leave('not-tried', 'the site’s robots.txt asks for longer pauses than one run has');
      continue;
    }
    pace.slowDown(plan.host, rules.rules.crawlDelayMs ?? 0);
    tried += 1;
    const counter = { attempts: 0 };
    const sessions: SessionMode[] =
      replay === 'session' && plan.hasCredentials ? ['anonymous', 'session'] : ['anonymous'];
    const found = await runCascade({
      clients: ladder.map(({ id }) => id),
      nameOf: (id) => known.get(id)?.name ?? id,
      tiers: tiersInOrder(tiers),
      sessions,
      hasCredentials: plan.hasCredentials,
      confirmations: policy.confirmations,
      attempt: (attempt) => attemptFor(plan, counter, attempt),
    });
    conclude(`${found.reason}.`, { client: found.client, tier: found.tier, needsSession: found.needsSession });
  }
  return {
    performed: true,
    reason: null,
    clients: ladder.map(({ id, name }) => ({ id, name })),
    tiers: tiersInOrder(tiers),
    runs,
    sufficient,
  };
}

const tiersInOrder = (tiers: readonly Tier[]): Tier[] =>
  (['none', 'datacenter', 'residential'] as const).filter((tier) => tier === 'none' || tiers.includes(tier));
