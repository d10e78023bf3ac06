import type { Report } from '#shared/report.ts';
import type { Situation } from './situation.ts';
import { countNoun, listWords } from './words.ts';

const DEFAULT_PACE_MS = 2000;
const CAREFUL_PACE_MS = 5000;

const TIER_TEXT = {
  none: 'Your own network; no proxy is needed',
  datacenter: 'A data-centre address',
  residential: 'A residential address',
} as const;

/** Least time between two requests, milliseconds. */
export function choosePaceMs({ rateLimits, protections }: Situation): number {
  const strict = protections.some(
    ({ scope, severity, active }) => scope === 'first-party' && (severity >= 3 || active.count > 0),
  );
  return rateLimits.count > 0 || strict ? CAREFUL_PACE_MS : DEFAULT_PACE_MS;
}

function tellSession(situation: Situation): string {
  const kinds = new Set(
    situation.answering.flatMap(({ auth }) => auth.map(({ kind }) => kind)).filter((kind) => kind !== 'none'),
  );
  if (situation.session === 'none') return 'None; the answers come without logging in';
  const what = kinds.size === 0 ? 'a session' : listWords([...kinds]);
  return situation.session === 'needed'
    ? `Your own session is needed (${what}); renew it when answers turn into 401 or a log-in page`
    : `The browser sent credentials (${what}); whether they are needed was not tried`;
}

function listReasons(situation: Situation): string[] {
  const { answering, client, reached, validation } = situation;
  if (!validation.performed) return [validation.reason ?? 'No replay was made.'];
  const tries = countNoun(validation.runs.filter(({ outcome }) => outcome !== 'not-tried').length, 'attempt');
  if (client === null) return [`None of ${tries} got the same answer as the browser.`];
  const reasons = [
    `${reached.length} of ${countNoun(answering.length, 'endpoint')} gave ${client.name} the same answer as your browser (${tries}).`,
  ];
  const failed = validation.clients.slice(0, client.rung).map(({ name }) => name);
  if (failed.length > 0) reasons.push(`${listWords(failed)} did not get the same answer everywhere.`);
  return reasons;
}

function listRisks(situation: Situation): string[] {
  const { protections, rateLimits, session, signed, unreached, facts } = situation;
  const own = protections.filter(({ scope, severity }) => scope === 'first-party' && severity >= 2);
  return [
    ...own
      .slice(0, 4)
      .map(({ name, active }) =>
        active.count > 0
          ? `${name} stopped or checked requests during the visit; expect it again.`
          : `${name} may ask for a check when many requests come from one address.`,
      ),
    ...(session === 'none' ? [] : ['A session ends; cookies made on one network may fail on another.']),
    ...(signed ? ['Signed requests cannot be repeated by the starter code; the page’s code makes the signature.'] : []),
    ...(rateLimits.count > 0
      ? [
          `The site limits the pace${rateLimits.retryAfterSeconds === null ? '' : `; it asked to wait ${rateLimits.retryAfterSeconds} seconds`}.`,
        ]
      : []),
    ...(unreached.length > 0 ? [`${countNoun(unreached.length, 'endpoint')} answered only the browser.`] : []),
    ...(facts.completeness.gaps.length > 0
      ? ['The recording has gaps; there may be endpoints that are not listed.']
      : []),
    'An API that is not published can change without notice.',
  ];
}

/** Client, network, session and pace to use, with reasons and what can go wrong. */
export function recommend(situation: Situation): Report['recommendation'] {
  const { client, tier, validation, rateLimits } = situation;
  const paceSeconds = choosePaceMs(situation) / 1000;
  return {
    client:
      client?.name ??
      (validation.performed
        ? 'None of the clients tried; a real browser'
        : 'Not known: nothing was tried outside the browser'),
    tier: tier === null ? 'Not known' : TIER_TEXT[tier],
    session: tellSession(situation),
    pace: `One request every ${paceSeconds} seconds${rateLimits.count > 0 ? ', and as long as the site asks after “too many requests”' : ''}`,
    reasons: listReasons(situation),
    risks: listRisks(situation),
  };
}
