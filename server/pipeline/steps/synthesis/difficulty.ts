import type { Report } from '#shared/report.ts';
import type { Situation } from './situation.ts';
import { countNoun, listWords } from './words.ts';

type Difficulty = Report['verdict']['difficulty'];
type Part = Difficulty['parts'][number];

const SEVERITY_POINTS = [0, 4, 12, 26, 40] as const;
const ACTIVE_POINTS = 12;

function judgeProtection({ protections }: Situation): Part {
  const own = protections.filter(({ scope }) => scope === 'first-party');
  const worst = own.reduce((most, item) => Math.max(most, item.severity), 0);
  const acted = own.filter(({ active }) => active.count > 0);
  const points = (SEVERITY_POINTS[worst] ?? 40) + (acted.length > 0 ? ACTIVE_POINTS : 0);
  if (own.length === 0)
    return { name: 'Protection', points: 0, reason: 'Nothing that protects the site was recognised.' };
  const names = listWords(
    own
      .filter(({ severity }) => severity === worst)
      .map(({ name }) => name)
      .slice(0, 3),
  );
  const acts =
    acted.length === 0
      ? 'it stopped nothing during the visit'
      : `${listWords(acted.map(({ name }) => name).slice(0, 3))} stopped or checked requests during the visit`;
  return { name: 'Protection', points, reason: `${names} ${own.length === 1 ? 'is' : 'are'} on the site; ${acts}.` };
}

function judgeClient(situation: Situation): Part {
  const { answering, client, tier, unreached, validation } = situation;
  if (!validation.performed)
    return {
      name: 'Client and network',
      points: 8,
      reason: `Nothing was tried: ${validation.reason ?? 'no replay was made'}`,
    };
  if (client === null) {
    return {
      name: 'Client and network',
      points: answering.length === 0 ? 0 : 25,
      reason: 'No client that was tried got the same answer as the browser.',
    };
  }
  const points =
    client.rung * 8 + (tier === 'residential' ? 16 : tier === 'datacenter' ? 8 : 0) + (unreached.length > 0 ? 8 : 0);
  const rest = unreached.length === 0 ? '' : ` ${countNoun(unreached.length, 'endpoint')} answered no client.`;
  return {
    name: 'Client and network',
    points,
    reason: `${client.name} is enough${unreached.length === 0 ? '' : ' for the others'}.${rest}`,
  };
}

function judgeSession({ session }: Situation): Part {
  if (session === 'needed')
    return { name: 'Session', points: 10, reason: 'The answers need the cookies or token of a session.' };
  if (session === 'unknown')
    return {
      name: 'Session',
      points: 5,
      reason: 'The browser sent credentials; whether they are needed was not tried.',
    };
  return { name: 'Session', points: 0, reason: 'No log-in is needed.' };
}

function judgePaging({ answering }: Situation): Part {
  const styles = new Set(answering.flatMap(({ pagination }) => (pagination ? [pagination.style] : [])));
  if (styles.size === 0) return { name: 'Paging', points: 0, reason: 'No list in pages was seen.' };
  const points = styles.has('cursor') || styles.has('link') ? 4 : 2;
  return { name: 'Paging', points, reason: `Lists come in pages (${listWords([...styles])}).` };
}

/** Bodies that are left out on purpose or that no browser shows; missing them loses nothing. */
const EXPECTED_LOSSES: ReadonlySet<string> = new Set(['policy', 'redirect', 'preflight']);

function judgeCompleteness({ facts, exchanges, answering, buckets }: Situation): Part {
  const { recorded } = facts.completeness;
  const missing = exchanges.filter(({ response }) => {
    const lost = response?.body?.lost;
    return lost !== undefined && !EXPECTED_LOSSES.has(lost);
  }).length;
  const share = recorded === 0 ? 1 : Math.min(1, missing / recorded);
  const open = buckets.coverage.filter(({ covered }) => !covered).length;
  const points = Math.min(20, Math.round(share * 8) + open * 2 + (answering.length === 0 ? 10 : 0));
  const said = [
    ...(missing > 0 ? [`${missing} of ${countNoun(recorded, 'answer')} were recorded without a body`] : []),
    ...(open > 0 ? [`${countNoun(open, 'thing')} you asked for did not show up`] : []),
  ];
  return {
    name: 'Completeness',
    points,
    reason: said.length === 0 ? 'Every answer was recorded with its body.' : `${said.join('; ')}.`,
  };
}

function judgeLimits({ rateLimits }: Situation): Part {
  if (rateLimits.count === 0)
    return { name: 'Rate limits', points: 0, reason: 'No answer said that there were too many requests.' };
  return {
    name: 'Rate limits',
    points: 8,
    reason: `${countNoun(rateLimits.count, 'answer')} said that there were too many requests.`,
  };
}

function judgeSigning({ signed }: Situation): Part {
  return signed
    ? { name: 'Signed requests', points: 25, reason: 'The page’s own code signs each request.' }
    : { name: 'Signed requests', points: 0, reason: 'No request is signed by the page.' };
}

const wordFor = (score: number): Difficulty['word'] =>
  score < 25 ? 'easy' : score < 50 ? 'moderate' : score < 75 ? 'hard' : 'very hard';

/** 0 easy … 100 hard, as a sum of parts that each say why. */
export function rateDifficulty(situation: Situation): Difficulty {
  const parts = [
    judgeProtection,
    judgeClient,
    judgeSession,
    judgeSigning,
    judgeLimits,
    judgePaging,
    judgeCompleteness,
  ].map((judge) => judge(situation));
  const score = Math.min(
    100,
    parts.reduce((sum, { points }) => sum + points, 0),
  );
  return { score, word: wordFor(score), parts };
}
