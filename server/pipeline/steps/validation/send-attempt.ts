import type { ValidationRun } from '#shared/report.ts';
import type { Attempt } from '../../../clients/cascade.ts';
import type { HttpClient } from '../../../clients/client.ts';
import type { ReplayPolicy } from '../../../clients/policy.ts';
import type { EgressDecision, EgressPort } from '../../../egress/port.ts';
import { compareAnswers } from './compare.ts';
import type { ReplayPlan } from './plan-replay.ts';

/** What came of one request; `stop` says why nothing more may be sent to its host. */
export interface SentAttempt {
  run: ValidationRun;
  conclusive: boolean;
  stop: string | null;
}

const CUT_OFF = 'cut off';
/** A refusal by rule, as opposed to an attempt that was let out and then grew too long. */
export const refusalOf = (decisions: readonly EgressDecision[]): string | null =>
  decisions.find(({ allowed, reason }) => !allowed && !reason.startsWith(CUT_OFF))?.reason ?? null;

/** Sends one request through a lease of its own and compares the answer with the recorded one; nothing of the answer is kept. */
export async function sendAttempt(
  parts: {
    egress: EgressPort;
    policy: Pick<ReplayPolicy, 'maxBodyBytes' | 'timeoutMs'>;
    caFile: string | null;
    now: () => Date;
    signal: AbortSignal;
  },
  plan: ReplayPlan,
  client: HttpClient,
  attempt: Attempt,
): Promise<SentAttempt> {
  const { policy, signal } = parts;
  const request = attempt.session === 'session' ? plan.session : plan.anonymous;
  const lease = await parts.egress.lease({
    allow: [plan.authority],
    tier: attempt.tier,
    maxBytes: policy.maxBodyBytes * 2,
    timeoutMs: policy.timeoutMs + 1_000,
  });
  const at = parts.now().toISOString();
  const base = { endpoint: plan.endpoint.id, exchange: plan.exchange, ...attempt, at };
  try {
    const result = await client.request(
      {
        method: plan.method,
        ...request,
        maxBodyBytes: policy.maxBodyBytes,
        timeoutMs: policy.timeoutMs,
        caFile: parts.caFile,
      },
      lease.proxyUrl,
      signal,
    );
    signal.throwIfAborted();
    const decisions = lease.decisions();
    const durationMs = Math.round(result.durationMs);
    const refused = refusalOf(decisions);
    if (refused !== null) {
      const run = {
        ...base,
        outcome: 'refused-by-guard',
        status: null,
        durationMs,
        bytes: null,
        reason: refused,
      } as const;
      return { run, conclusive: true, stop: refused };
    }
    if (!result.ok) {
      const cut = decisions.find(({ allowed }) => !allowed)?.reason;
      const reason = cut ?? (result.kind === 'proxy' ? decisions.at(-1)?.reason : undefined) ?? result.message;
      return {
        run: { ...base, outcome: 'error', status: null, durationMs, bytes: null, reason },
        conclusive: false,
        stop: null,
      };
    }
    const needsAuth =
      attempt.session === 'anonymous' &&
      plan.hasCredentials &&
      plan.endpoint.auth.some(({ kind }) => kind !== 'none' && kind !== 'csrf');
    const compared = compareAnswers(
      plan.recorded,
      result,
      { method: plan.method, url: request.url, needsAuth },
      parts.now().getTime(),
    );
    const { outcome, reason, conclusive } = compared;
    return {
      run: { ...base, outcome, status: result.status, durationMs, bytes: result.body.length, reason },
      conclusive,
      stop: outcome === 'rate-limited' ? `the host is left alone after ${reason}` : null,
    };
  } finally {
    await lease.close();
  }
}
