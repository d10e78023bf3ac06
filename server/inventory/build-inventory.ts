import type { Exchange } from '#shared/exchange.ts';
import type { Inventory } from '#shared/report.ts';
import { createBodyReader, isSuccess } from './body-reading.ts';
import { describeEndpoint } from './describe-endpoint.ts';
import { groupEndpoints } from './group-endpoints.ts';
import { collectConsumers } from './collect-consumers.ts';
import { readCredentials } from './operations/auth.ts';
import { buildTemplates, type PathTemplate } from './paths/build-templates.ts';
import { gatherEvidence } from './paths/path-evidence.ts';
import { responseShape } from './paths/response-shape.ts';
import type { PathSample } from './paths/segment-trie.ts';
import { selectExchanges, type Selected } from './select-exchanges.ts';
import { ValueFlow } from './value-flow.ts';

const orderOf = ({ id }: Exchange): number => Number(id.slice(1)) || 0;

/** By start, then by number; a capture in any order gives the same inventory. */
function inOrder(exchanges: readonly Exchange[]): Exchange[] {
  const started = new Map(exchanges.map((exchange) => [exchange, Date.parse(exchange.startedAt) || 0]));
  return [...exchanges].sort((a, b) => (started.get(a) ?? 0) - (started.get(b) ?? 0) || orderOf(a) - orderOf(b));
}

function findTemplates(
  selected: readonly Selected[],
  read: ReturnType<typeof createBodyReader>,
): Map<number, PathTemplate> {
  const evidence = gatherEvidence(
    selected.map(({ address, exchange }) => ({
      address,
      success: isSuccess(exchange),
      values: () => read(exchange.response?.body)?.values ?? [],
    })),
  );
  const byOrigin = new Map<string, PathSample[]>();
  selected.forEach(({ address, exchange }, index) => {
    const values = isSuccess(exchange) ? read(exchange.response?.body)?.values : undefined;
    const sample: PathSample = {
      index,
      method: exchange.request.method,
      segments: address.segments,
      shape: values === undefined ? null : responseShape(values),
      html: /html/.test(exchange.response?.mimeType ?? ''),
    };
    const samples = byOrigin.get(address.origin);
    if (samples === undefined) byOrigin.set(address.origin, [sample]);
    else samples.push(sample);
  });
  const found = new Map<number, PathTemplate>();
  for (const samples of byOrigin.values()) {
    for (const template of buildTemplates(samples, evidence))
      for (const index of template.samples) found.set(index, template);
  }
  return found;
}

function listOrigins(selected: readonly Selected[], targetUrl: string): string[] {
  const own = URL.canParse(targetUrl) ? new URL(targetUrl).origin : '';
  const origins = [...new Set(selected.filter(({ party }) => party === 'first').map(({ address }) => address.origin))];
  return origins.sort((a, b) => Number(b === own) - Number(a === own));
}

/**
 * The endpoint inventory of a capture: what was called, how, with what, and how the calls hang together. Pure, and total:
 * odd input leaves exchanges out with a reason, it never fails. Ids are in order of first appearance.
 */
export function buildInventory(exchanges: readonly Exchange[], { targetUrl }: { targetUrl: string }): Inventory {
  const read = createBodyReader();
  const ordered = inOrder(exchanges);
  const { selected, leftOut, thirdParties } = selectExchanges(ordered, targetUrl, read);
  const groups = groupEndpoints(selected, findTemplates(selected, read), read);
  const consumers = groups.flatMap((group) => collectConsumers(group, read));
  const credentials = new Map(selected.map(({ exchange, address }) => [exchange, readCredentials(exchange, address)]));
  const wanted = new Set(consumers.map(({ value }) => value));
  for (const list of credentials.values()) for (const { value } of list) wanted.add(value);
  const endpointOf = new Map<Exchange, { id: string; collection: string }>();
  for (const { id, template, members } of groups) {
    const collection =
      template.template
        .split('/')
        .filter((part) => part !== '' && !part.includes('{'))
        .at(-1) ?? '';
    for (const { exchange } of members) if (!endpointOf.has(exchange)) endpointOf.set(exchange, { id, collection });
  }
  const sources = ordered.map((exchange) => {
    const endpoint = endpointOf.get(exchange);
    return { exchange, endpoint: endpoint?.id ?? null, collection: endpoint?.collection ?? '' };
  });
  const flow = new ValueFlow(sources, wanted, read);
  return {
    endpoints: groups.map((group) => describeEndpoint(group, { credentials, flow, read })),
    dependencies: flow.dependencies(consumers),
    thirdParties,
    origins: listOrigins(selected, targetUrl),
    leftOut,
  };
}
