import type { Exchange } from '#shared/exchange.ts';
import type { EndpointFacts, Parameter } from '#shared/report.ts';
import type { BodyReader } from './body-reading.ts';
import { valueInPath } from './collect-consumers.ts';
import type { EndpointGroup } from './group-endpoints.ts';
import { describeAuth, type Credential } from './operations/auth.ts';
import { describeHeaders } from './operations/header-parameters.ts';
import { describePagination } from './operations/pagination.ts';
import { describeMessages, describeRequests, describeResponses } from './operations/payloads.ts';
import { describeQuery } from './operations/query-parameters.ts';
import { pickExamples, schemaOfTexts } from './operations/values.ts';
import type { ValueFlow } from './value-flow.ts';

interface EndpointParts {
  credentials: ReadonlyMap<Exchange, readonly Credential[]>;
  flow: ValueFlow;
  read: BodyReader;
}

const MAX_TEXTS = 2000;

function describePath({ template, members }: EndpointGroup): Parameter[] {
  return template.parameters.map(({ name, at, before, after, evidence, confidence }) => {
    const values = members
      .slice(0, MAX_TEXTS)
      .map(({ address }) => valueInPath(address.segments[at] ?? '', before, after));
    return {
      name,
      in: 'path',
      required: true,
      schema: schemaOfTexts(name, values),
      examples: pickExamples(values),
      evidence,
      confidence,
      role: 'id',
    };
  });
}

function countStatuses(exchanges: readonly Exchange[]): EndpointFacts['statuses'] {
  const counts = new Map<number, number>();
  for (const { response } of exchanges)
    if (response !== null && response.status > 0) counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b).map(([status, count]) => ({ status, count }));
}

/** The most telling exchange first: a success with a body, the fullest of those that are not large. */
function rankEvidence(exchanges: readonly Exchange[]): string[] {
  const worth = ({ response }: Exchange): number => {
    if (response === null) return 0;
    const success = response.status >= 200 && response.status < 300 ? 2_000_000 : 1_000;
    return success + Math.min(response.body?.text?.length ?? 0, 100_000);
  };
  let best = exchanges[0];
  for (const exchange of exchanges) if (best !== undefined && worth(exchange) > worth(best)) best = exchange;
  return best === undefined ? [] : [best.id, ...exchanges.filter((exchange) => exchange !== best).map(({ id }) => id)];
}

function writeTemplate({ template, members }: EndpointGroup): string {
  const slashes = members.filter(({ address }) => address.trailingSlash).length;
  return slashes * 2 > members.length && template.template !== '/' ? `${template.template}/` : template.template;
}

/** All that is known of one endpoint. */
export function describeEndpoint(group: EndpointGroup, { credentials, flow, read }: EndpointParts): EndpointFacts {
  const { id, method, origin, kind, operation, members } = group;
  const exchanges = members.map(({ exchange }) => exchange);
  const auth = describeAuth(
    exchanges.map((exchange) => ({ exchange, credentials: credentials.get(exchange) ?? [] })),
    (value, exchange) => flow.firstSeen(value, exchange),
  );
  const authNames = new Set(
    auth.flatMap(({ in: place, name }) => (place === 'header' && name !== null ? [name.toLowerCase()] : [])),
  );
  const streaming = kind === 'websocket' || kind === 'sse';
  const requests = describeRequests(exchanges, read);
  const responses = describeResponses(exchanges, read);
  if (streaming)
    addMessages(exchanges, kind === 'sse' ? 'text/event-stream' : 'application/json', requests, responses, read);
  return {
    id,
    method,
    origin,
    template: writeTemplate(group),
    kind,
    operation,
    party: members[0]?.party ?? 'third',
    statuses: countStatuses(exchanges),
    parameters: [
      ...describePath(group),
      ...describeQuery(members.map(({ address }) => address.query)),
      ...describeHeaders(exchanges, authNames),
    ],
    requests,
    responses,
    auth,
    pagination: kind === 'document' || streaming ? null : describePagination(members, read),
    samples: members.length,
    evidence: rankEvidence(exchanges),
  };
}

/** What a stream said is its answer; what was sent into it, its request. */
function addMessages(
  exchanges: readonly Exchange[],
  mediaType: string,
  requests: EndpointFacts['requests'],
  responses: EndpointFacts['responses'],
  read: BodyReader,
): void {
  const messages = exchanges.flatMap((exchange) => exchange.messages);
  const sent = describeMessages(
    messages.filter(({ direction }) => direction === 'sent'),
    mediaType,
    read,
  );
  if (sent !== null) requests.push(sent);
  const received = describeMessages(
    messages.filter(({ direction }) => direction === 'received'),
    mediaType,
    read,
  );
  if (received === null) return;
  const status = exchanges.find(({ response }) => response !== null)?.response?.status ?? 101;
  const answer = responses.find((response) => response.status === status);
  if (answer === undefined) responses.push({ status, payloads: [received] });
  else answer.payloads = [...answer.payloads.filter((payload) => payload.mediaType !== mediaType), received];
}
