import type { Outcome, Tier, ValidationRun } from '#shared/report.ts';

export type SessionMode = ValidationRun['session'];
export interface Attempt {
  client: string;
  tier: Tier;
  session: SessionMode;
}
export interface AttemptResult {
  outcome: Outcome;
  reason: string;
  conclusive: boolean;
}
export interface CascadeParts {
  /** Ids, the cheapest first. */
  clients: readonly string[];
  nameOf: (client: string) => string;
  /** Tiers that may be tried, `none` first. */
  tiers: readonly Tier[];
  /** Ways of sending credentials that may be tried, without them first. */
  sessions: readonly SessionMode[];
  /** The recorded request carried cookies or credentials. */
  hasCredentials: boolean;
  confirmations: number;
  /** Sends one; a string says why nothing more may be sent. */
  attempt: (attempt: Attempt) => Promise<AttemptResult | string>;
}
export interface CascadeResult {
  client: string | null;
  tier: Tier | null;
  needsSession: boolean | null;
  reason: string;
}

const STOPS: ReadonlySet<Outcome> = new Set(['rate-limited', 'refused-by-guard', 'not-tried']);
const ADDRESS_FAULT: ReadonlySet<Outcome> = new Set(['challenge', 'blocked']);

/**
 * Finds the cheapest way that gets the recorded answer. One thing changes at a time: first the client without and, where
 * allowed, with the session; then the next client; another network tier only after every client was refused without one.
 */
export async function runCascade(parts: CascadeParts): Promise<CascadeResult> {
  type Failure = { attempt: Attempt; result: AttemptResult };
  const failures: Failure[] = [];
  const none = (reason: string): CascadeResult => ({ client: null, tier: null, needsSession: null, reason });
  const explain = (list: readonly Failure[] = failures): string => {
    const last = new Map(list.map(({ attempt, result }) => [attempt.client, result.reason]));
    return [...last].map(([client, reason]) => `${parts.nameOf(client)}: ${reason}`).join('; ');
  };
  let loginWanted = false;

  async function confirm(attempt: Attempt): Promise<{ sure: boolean; same: number; of: number } | string> {
    let same = 1;
    let of = 1;
    const wanted = 1 + parts.confirmations;
    while (same < wanted && of < wanted + 1) {
      const result = await parts.attempt(attempt);
      if (typeof result === 'string') return result;
      of += 1;
      if (result.outcome === 'same') same += 1;
      else {
        failures.push({ attempt, result });
        if (STOPS.has(result.outcome)) return result.reason;
      }
    }
    return { sure: same >= wanted, same, of };
  }

  for (const tier of parts.tiers) {
    if (tier !== 'none' && !failures.some(({ result }) => ADDRESS_FAULT.has(result.outcome))) break;
    for (const client of parts.clients) {
      let conclusive = false;
      for (const session of parts.sessions) {
        if (session === 'anonymous' && loginWanted) continue;
        const attempt: Attempt = { client, tier, session };
        const result = await parts.attempt(attempt);
        if (typeof result === 'string') return none(failures.length === 0 ? result : `${explain()}; ${result}`);
        if (result.outcome === 'same') {
          const sure = await confirm(attempt);
          if (typeof sure === 'string') return none(`${parts.nameOf(client)} got the same answer once; ${sure}`);
          if (!sure.sure) continue;
          const others = failures.filter((one) => one.attempt.client !== client || one.attempt.tier !== tier);
          const how =
            session === 'session'
              ? ' with the recorded session, and not without it'
              : parts.hasCredentials
                ? ' without the recorded cookies and credentials'
                : '';
          return {
            client,
            tier,
            needsSession: session === 'session',
            reason: `${parts.nameOf(client)} got the same answer ${sure.same} of ${sure.of} times${how}${others.length === 0 ? '' : `. Before that, ${explain(others)}`}`,
          };
        }
        failures.push({ attempt, result });
        if (STOPS.has(result.outcome)) return none(explain());
        conclusive ||= result.conclusive;
        if (result.outcome !== 'login') continue;
        if (session === 'session') return none(`${explain()}; the recorded session no longer works`);
        loginWanted = true;
        if (!parts.sessions.includes('session'))
          return none(`${explain()}${parts.hasCredentials ? '; replays with the session were not allowed' : ''}`);
      }
      if (conclusive) return none(explain());
    }
  }
  return none(`No client got the same answer. ${explain()}`);
}
