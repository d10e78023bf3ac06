import type { Action } from '#shared/exchange.ts';
import type { Buckets, Dependency, EndpointFacts, Inventory } from '#shared/report.ts';
import { PLACE_WEIGHT, wordsOf, type EndpointWord, type Place } from './endpoint-words.ts';
import { stemOf, type Term, type Wishes } from './read-terms.ts';
import { splitWords } from '#server/inventory/paths/word-likeness.ts';
import { richnessOf } from './richness.ts';

type Ranked = Buckets['endpoints'][number];

interface Match {
  term: Term;
  word: EndpointWord;
  points: number;
}

interface Scored {
  endpoint: EndpointFacts;
  matches: Match[];
  score: number;
  /** Answers questions and changes nothing. */
  reads: boolean;
}

const SUPPORT = new Set(
  [
    'auth',
    'oauth',
    'login',
    'signin',
    'logon',
    'token',
    'session',
    'csrf',
    'refresh',
    'config',
    'configuration',
    'bootstrap',
    'init',
    'setting',
    'feature',
    'locale',
    'i18n',
    'currency',
    'me',
    'facet',
    'filter',
    'menu',
    'navigation',
  ].map(stemOf),
);
const READING = new Set(
  [
    'search',
    'query',
    'list',
    'find',
    'lookup',
    'get',
    'fetch',
    'filter',
    'suggest',
    'browse',
    'read',
    'view',
    'autocomplete',
  ].map(stemOf),
);

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

function isReading(endpoint: EndpointFacts, words: ReadonlyMap<string, EndpointWord>): boolean {
  if (endpoint.kind === 'sse' || endpoint.kind === 'websocket') return true;
  if (isSafe(endpoint.method)) return true;
  if (endpoint.method !== 'POST') return false;
  if (endpoint.kind === 'graphql')
    return !/^(?:create|update|delete|add|remove|set|submit|send|save|login|logout|register)(?:[A-Z_]|$)/.test(
      endpoint.operation ?? '',
    );
  return [...words].some(([stem, { place }]) => READING.has(stem) && (place === 'path' || place === 'operation'));
}

function matchTerm(term: Term, words: ReadonlyMap<string, EndpointWord>): Match | null {
  let best: Match | null = null;
  for (const [stem, likeness] of term.stems) {
    const word = words.get(stem);
    if (word === undefined) continue;
    const points = PLACE_WEIGHT[word.place] * likeness * term.weight;
    if (best === null || points > best.points) best = { term, word, points };
  }
  return best;
}

function scoreEndpoint(endpoint: EndpointFacts, terms: readonly Term[], actions: readonly Action[]): Scored {
  const words = wordsOf(endpoint, actions);
  const matches = terms.flatMap((term) => matchTerm(term, words) ?? []);
  const answered = endpoint.statuses.length === 0 || endpoint.statuses.some(({ status }) => status < 400);
  const score = matches.reduce((sum, { points }) => sum + points, 0) * (answered ? 1 : 0.3);
  return { endpoint, matches, score, reads: isReading(endpoint, words) };
}

const STRONG: ReadonlySet<Place> = new Set(['operation', 'path', 'container']);
const name = ({ method, template, operation }: EndpointFacts): string =>
  `${method} ${template}${operation === null ? '' : ` ${operation}`}`;
const quote = (words: Iterable<string>): string => [...words].map((word) => `“${word}”`).join(', ');

const PLACES: Record<Place, string> = {
  operation: 'operation',
  path: 'path',
  container: 'response field',
  property: 'response field',
  parameter: 'parameter',
  action: 'page action',
};

function explain(matches: readonly Match[]): string {
  const sorted = [...matches].sort((a, b) => b.points - a.points).slice(0, 4);
  const where = [...new Set(sorted.map(({ word }) => `${PLACES[word.place]} ${word.text}`))].slice(0, 3).join(', ');
  return `Answers ${quote(sorted.map(({ term }) => term.text))} (${where})`;
}

/** Endpoints that may answer at all: the site's own APIs, else foreign ones, else pages. */
function chooseField(
  endpoints: readonly EndpointFacts[],
  useful: (endpoint: EndpointFacts) => boolean,
): Set<EndpointFacts> {
  const tiers = [
    endpoints.filter(({ party, kind }) => party === 'first' && kind !== 'document'),
    endpoints.filter(({ party, kind }) => party === 'third' && kind !== 'document'),
    endpoints.filter(({ party }) => party === 'first'),
  ];
  return new Set(tiers.find((tier) => tier.some(useful)) ?? []);
}

const LEAST = 2.5;
const SHARE_OF_BEST = 0.35;

function pickAnswers(scored: readonly Scored[], wishes: Wishes): Map<EndpointFacts, Ranked> {
  const able = (one: Scored): boolean =>
    (one.reads || wishes.writes) && one.matches.some(({ word, term }) => STRONG.has(word.place) && term.weight === 1);
  const field = chooseField(
    scored.map(({ endpoint }) => endpoint),
    (endpoint) => scored.some((one) => one.endpoint === endpoint && able(one) && one.score >= LEAST),
  );
  const fit = scored.filter((one) => field.has(one.endpoint) && able(one));
  const best = Math.max(0, ...fit.map(({ score }) => score));
  const answers = new Map<EndpointFacts, Ranked>();
  for (const { endpoint, score, matches } of fit) {
    if (score < Math.max(LEAST, best * SHARE_OF_BEST)) continue;
    answers.set(endpoint, { endpoint: endpoint.id, bucket: 'A', score: round(score), reason: explain(matches) });
  }
  return answers;
}

/** Without words to go by, what gives most data answers best. */
function pickRichest(scored: readonly Scored[]): Map<EndpointFacts, Ranked> {
  const endpoints = scored.map(({ endpoint }) => endpoint);
  const rich = scored.map(({ endpoint, reads }) => ({ endpoint, ...richnessOf(endpoint, reads) }));
  const field = chooseField(endpoints, (endpoint) => rich.some((one) => one.endpoint === endpoint && one.score > 0));
  const fit = rich.filter(({ endpoint, score }) => field.has(endpoint) && score > 0);
  const best = Math.max(0, ...fit.map(({ score }) => score));
  return new Map(
    fit
      .filter(({ score }) => score >= best * SHARE_OF_BEST)
      .map(({ endpoint, score, reason }) => [
        endpoint,
        { endpoint: endpoint.id, bucket: 'A', score: round(score), reason },
      ]),
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;

function findSupport(
  endpoint: EndpointFacts,
  answers: ReadonlyMap<string, EndpointFacts>,
  dependencies: readonly Dependency[],
): string | null {
  const edge = dependencies.find(({ from, to }) => from === endpoint.id && answers.has(to));
  const fed = answers.get(edge?.to ?? '');
  if (edge !== undefined && fed !== undefined)
    return `Gives a value that ${name(fed)} needs (${edge.path} → ${edge.into})`;
  const own = new Set(endpoint.evidence);
  for (const answer of answers.values()) {
    const token = answer.auth.find(({ from }) => from !== null && own.has(from));
    if (token !== undefined) return `Gives the ${token.kind} credential that ${name(answer)} sends`;
  }
  const literals = endpoint.template.split('/').filter((segment) => !segment.includes('{'));
  const word = [...literals, endpoint.operation ?? ''].flatMap(splitWords).find((text) => SUPPORT.has(stemOf(text)));
  return word === undefined ? null : `Sets up or supports other calls (“${word}”)`;
}

/** Buckets with a reason each, in the order of the inventory, and what of the intent is covered. */
export function rankEndpoints(
  { endpoints, dependencies }: Inventory,
  actions: readonly Action[],
  wishes: Wishes,
): Buckets {
  const scored = endpoints.map((endpoint) => scoreEndpoint(endpoint, wishes.terms, actions));
  const picked = wishes.terms.length > 0 ? pickAnswers(scored, wishes) : pickRichest(scored);
  const answers = new Map([...picked.keys()].map((endpoint) => [endpoint.id, endpoint]));
  const ranked = scored.map(({ endpoint, score, matches, reads }): Ranked => {
    const answer = picked.get(endpoint);
    if (answer !== undefined) return answer;
    const rest = (bucket: 'B' | 'C', reason: string): Ranked => ({
      endpoint: endpoint.id,
      bucket,
      score: round(score),
      reason,
    });
    const support = findSupport(endpoint, answers, dependencies);
    if (support !== null && endpoint.kind !== 'document')
      return endpoint.party === 'first' || support.startsWith('Gives')
        ? rest('B', support)
        : rest('C', 'Belongs to another company');
    if (endpoint.kind === 'document') return rest('C', 'A page of the site, not an API');
    if (endpoint.party === 'third') return rest('C', 'Belongs to another company');
    if (matches.length === 0) return rest('C', 'Nothing in it matches the intent');
    const words = quote(matches.slice(0, 3).map(({ term }) => term.text));
    if (!reads) return rest('C', `Changes something on the site; it touches ${words}`);
    return rest('C', `Matches only ${words}, less than the endpoints that answer`);
  });
  return { endpoints: ranked, coverage: coverOf(wishes.terms, scored, answers) };
}

function coverOf(
  terms: readonly Term[],
  scored: readonly Scored[],
  answers: ReadonlyMap<string, EndpointFacts>,
): Buckets['coverage'] {
  return terms.map((term) => {
    const found = scored
      .filter(({ endpoint }) => answers.has(endpoint.id))
      .flatMap(({ endpoint, matches }) => {
        const match = matches.find((one) => one.term === term && one.word.place !== 'action');
        return match === undefined ? [] : [{ id: endpoint.id, points: match.points }];
      })
      .sort((a, b) => b.points - a.points);
    return { term: term.text, covered: found.length > 0, endpoints: found.slice(0, 5).map(({ id }) => id) };
  });
}
