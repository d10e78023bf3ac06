import type { HttpClient } from '../../../clients/client.ts';
import { parseRobots, type RobotsRules } from '../../../clients/robots.ts';
import type { ReplayPolicy } from '../../../clients/policy.ts';
import type { EgressPort } from '../../../egress/port.ts';
import { headerValue } from '#shared/exchange.ts';
import { refusalOf } from './send-attempt.ts';

/** Rules of one origin, or why nothing may be sent to it; `guard` when the egress guard would refuse every request. */
export type RobotsAnswer =
  { kind: 'rules'; rules: RobotsRules } | { kind: 'unknown'; reason: string } | { kind: 'guard'; reason: string };

const OPEN: RobotsRules = { allows: () => true, crawlDelayMs: null };
const MAX_HOPS = 5;

/**
 * Reads an origin's robots.txt through the guard. A 4xx means that there is none; an origin that fails or does not answer is
 * treated as if it forbade everything (RFC 9309).
 */
export async function askRobots(
  parts: {
    egress: EgressPort;
    client: HttpClient;
    policy: Pick<ReplayPolicy, 'timeoutMs' | 'robotsBytes'>;
    turn: (host: string) => Promise<void>;
    userAgent: string | undefined;
    caFile: string | null;
    signal: AbortSignal;
  },
  origin: string,
): Promise<RobotsAnswer> {
  const { policy, client } = parts;
  let url = new URL('/robots.txt', origin);
  const authority = `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    await parts.turn(url.hostname.replace(/^\[|\]$/g, ''));
    const allow = [authority, ...(url.port === '' ? [`${url.hostname}:80`, `${url.hostname}:443`] : [])];
    const lease = await parts.egress.lease({
      allow,
      tier: 'none',
      maxBytes: policy.robotsBytes * 2,
      timeoutMs: policy.timeoutMs + 1_000,
    });
    try {
      const result = await client.request(
        {
          method: 'GET',
          url: url.href,
          headers: [
            ...(parts.userAgent === undefined ? [] : [['user-agent', parts.userAgent] as [string, string]]),
            ['accept', 'text/plain,*/*'],
          ],
          maxBodyBytes: policy.robotsBytes,
          timeoutMs: policy.timeoutMs,
          caFile: parts.caFile,
        },
        lease.proxyUrl,
        parts.signal,
      );
      parts.signal.throwIfAborted();
      const refused = refusalOf(lease.decisions());
      if (refused !== null) return { kind: 'guard', reason: refused };
      if (!result.ok) return { kind: 'unknown', reason: `robots.txt could not be read (${result.message})` };
      if (result.status >= 500)
        return { kind: 'unknown', reason: `robots.txt could not be read (status ${result.status})` };
      if (result.status >= 400) return { kind: 'rules', rules: OPEN };
      if (result.status >= 300) {
        const location = headerValue(result.headers, 'location');
        if (location === undefined || !URL.canParse(location, url)) return { kind: 'rules', rules: OPEN };
        const next = new URL(location, url);
        if (next.hostname !== url.hostname) return { kind: 'rules', rules: OPEN };
        url = next;
        continue;
      }
      return { kind: 'rules', rules: parseRobots(Buffer.from(result.body).toString('utf8')) };
    } finally {
      await lease.close();
    }
  }
  return { kind: 'rules', rules: OPEN };
}
