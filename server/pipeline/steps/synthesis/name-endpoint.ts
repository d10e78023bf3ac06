import pluralize from 'pluralize';
import type { EndpointFacts } from '#shared/report.ts';
import { splitWords } from '../../../exporters/code/identifiers.ts';
import { answerSchema, findRecordsPath } from '../../../exporters/code/records.ts';
import { splitTemplate } from '../../../exporters/code/template.ts';
import { readRecordSchema } from './record-schema.ts';

const NOISE = /^(api|apis|rest|v?\d+(\.\d+)*|public|internal|ajax|services?|gateway|bff|web|json|data|_next)$/i;
const SEARCH = /^(search|find|query|lookup|autocomplete|suggest|suggestions|typeahead)$/i;
const OWN = /^(me|myself|self|whoami)$/i;
const ACTIONS = new Set(
  'login logout signin signout register refresh verify confirm cancel checkout subscribe unsubscribe upload download export import validate track like follow apply submit send reset activate archive merge start stop'.split(
    ' ',
  ),
);
const VERBS = new Set(
  'get list fetch find search create add update set delete remove check load query read save send put post'.split(' '),
);

interface Resource {
  /** Nouns from the outermost to the innermost, as words. */
  nouns: string[];
  endsInParameter: boolean;
}

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function readResource(template: string): Resource {
  const nouns: string[] = [];
  let endsInParameter = false;
  for (const segment of template.split('/').filter((piece) => piece !== '')) {
    const parts = splitTemplate(segment);
    const isParameter = parts.some((part) => 'parameter' in part);
    const words = splitWords(segment.replace(/\.(json|xml|html?|php|aspx?)$/i, '')).join(' ');
    if (isParameter) endsInParameter = nouns.length > 0;
    else if (words !== '' && !NOISE.test(segment)) {
      nouns.push(words);
      endsInParameter = false;
    }
  }
  return { nouns, endsInParameter };
}

const withArticle = (noun: string): string => `${/^[aeio]|^u(?!ni|se|rl)/i.test(noun) ? 'an' : 'a'} ${noun}`;

const one = (noun: string): string => withArticle(pluralize.singular(noun));
const many = (noun: string): string => pluralize.plural(noun);

/** What a search gives, told by another endpoint whose records have the same fields. */
function findSameRecords(endpoint: EndpointFacts, all: readonly EndpointFacts[]): string | null {
  const fields = fieldKey(endpoint);
  if (fields === null) return null;
  for (const other of all) {
    if (other.id === endpoint.id || fieldKey(other) !== fields) continue;
    const noun = readResource(other.template).nouns.at(-1);
    if (noun !== undefined && !SEARCH.test(noun)) return noun;
  }
  return null;
}

function fieldKey(endpoint: EndpointFacts): string | null {
  const record = readRecordSchema(endpoint);
  const names = Object.keys(record?.properties ?? {});
  return names.length < 2 ? null : names.sort().join('\u0000');
}

function nameOperation(operation: string): string {
  const words = splitWords(operation.replace(/(Query|Mutation|Subscription)$/, ''));
  const [first = 'call', ...rest] = words;
  return capitalize(VERBS.has(first) ? [first, ...rest].join(' ') : `get ${words.join(' ')}`.trim());
}

function nameRead(
  endpoint: EndpointFacts,
  { nouns, endsInParameter }: Resource,
  all: readonly EndpointFacts[],
): string {
  const noun = nouns.at(-1);
  const parent = nouns.at(-2);
  if (noun === undefined) return endpoint.kind === 'document' ? 'Open the home page' : 'Get the root';
  if (endpoint.kind === 'document') return `Open ${endsInParameter ? one(noun) : `the ${noun}`} page`;
  if (endpoint.kind === 'sse' || endpoint.kind === 'websocket') return `Follow ${many(noun)} live`;
  const searches = endpoint.parameters.some(({ role }) => role === 'search');
  if (SEARCH.test(noun)) return `Search ${many(findSameRecords(endpoint, all) ?? parent ?? 'record')}`;
  if (endsInParameter) return `Get ${one(noun)}`;
  if (OWN.test(noun)) return 'Get my account';
  const lists = findRecordsPath(answerSchema(endpoint)) !== null && !isOneRecord(endpoint, noun);
  const of = parent !== undefined && hasParameterBefore(endpoint.template, noun) ? ` of ${one(parent)}` : '';
  if (searches && lists) return `Search ${many(noun)}`;
  if (lists || pluralize.isPlural(noun)) return `List ${many(noun)}${of}`;
  return `Get the ${noun}${of}`;
}

/** A thing with an id of its own that holds a list, such as a cart with its lines. */
function isOneRecord(endpoint: EndpointFacts, noun: string): boolean {
  return !pluralize.isPlural(noun) && answerSchema(endpoint)?.properties?.['id'] !== undefined;
}

function hasParameterBefore(template: string, noun: string): boolean {
  const segments = template.split('/').filter((piece) => piece !== '');
  const at = segments.findLastIndex((segment) => splitWords(segment.replace(/\.\w+$/, '')).join(' ') === noun);
  return at > 0 && (segments[at - 1] ?? '').includes('{');
}

function nameChange(endpoint: EndpointFacts, { nouns, endsInParameter }: Resource): string {
  const noun = nouns.at(-1);
  if (noun === undefined) return `Send to the root (${endpoint.method})`;
  const parent = nouns.at(-2);
  const of = parent === undefined ? '' : hasParameterBefore(endpoint.template, noun) ? ` of ${one(parent)}` : '';
  switch (endpoint.method.toUpperCase()) {
    case 'POST':
      if (SEARCH.test(noun)) return `Search ${many(parent ?? 'record')}`;
      if (ACTIONS.has(noun.replaceAll(' ', '')))
        return `${capitalize(noun)}${parent === undefined ? '' : ` (${parent})`}`;
      if (endsInParameter) return `Update ${one(noun)}`;
      return `Create ${one(pluralize.isPlural(noun) && parent !== undefined && GENERIC.has(noun) ? `${pluralize.singular(parent)} ${noun}` : noun)}${of}`;
    case 'PUT':
      return `Replace ${one(noun)}${of}`;
    case 'PATCH':
      return `Change ${one(noun)}${of}`;
    case 'DELETE':
      return `Delete ${one(noun)}${of}`;
    case 'HEAD':
      return `Check ${one(noun)}${of}`;
    default:
      return `${endpoint.method.toUpperCase()} ${noun}`;
  }
}

const GENERIC = new Set(['items', 'entries', 'lines', 'records', 'elements']);

function nameOne(endpoint: EndpointFacts, all: readonly EndpointFacts[]): string {
  if (endpoint.operation !== null && endpoint.operation !== '') return nameOperation(endpoint.operation);
  const resource = readResource(endpoint.template);
  return /^GET$/i.test(endpoint.method) ? nameRead(endpoint, resource, all) : nameChange(endpoint, resource);
}

/** A short name in words for each endpoint, no two alike. */
export function nameEndpoints(endpoints: readonly EndpointFacts[]): Map<string, string> {
  const names = endpoints.map((endpoint) => ({ endpoint, name: nameOne(endpoint, endpoints).slice(0, 80) }));
  const counts = new Map<string, number>();
  for (const { name } of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    names.map(({ endpoint, name }) => [
      endpoint.id,
      (counts.get(name) ?? 0) > 1 ? `${name} (${endpoint.template})` : name,
    ]),
  );
}

/** The topic an endpoint belongs to: the outermost noun of its path, or of its operation. */
export function tagEndpoint(endpoint: EndpointFacts): string {
  if (endpoint.kind === 'document') return 'pages';
  const { nouns } = readResource(endpoint.template);
  if (endpoint.operation !== null && endpoint.operation !== '') {
    const words = splitWords(endpoint.operation).filter((word) => !VERBS.has(word));
    return words.at(-1) ?? endpoint.kind;
  }
  return nouns[0] ?? 'root';
}
