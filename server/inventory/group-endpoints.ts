import type { EndpointFacts } from '#shared/report.ts';
import { responseType, type BodyReader } from './body-reading.ts';
import { createGraphqlNames, readGraphql } from './operations/graphql.ts';
import { readRpc } from './operations/rpc.ts';
import type { PathTemplate } from './paths/build-templates.ts';
import type { Selected } from './select-exchanges.ts';

/** The requests of one endpoint: same origin, method, path template and operation. */
export interface EndpointGroup {
  id: string;
  origin: string;
  method: string;
  kind: EndpointFacts['kind'];
  operation: string | null;
  template: PathTemplate;
  members: Selected[];
}

interface Call {
  kind: EndpointFacts['kind'];
  operations: readonly (string | null)[];
}

function createCalls(read: BodyReader): (row: Selected) => Call {
  const names = new Map<string, ReturnType<typeof createGraphqlNames>>();
  return ({ exchange, address, document }) => {
    if (exchange.resourceType === 'websocket' || /^wss?:/.test(exchange.request.url))
      return { kind: 'websocket', operations: [null] };
    const graphql = readGraphql(exchange, address, read);
    if (graphql.length > 0) {
      const place = `${address.origin}/${address.segments.join('/')}`;
      const nameOf = names.get(place) ?? createGraphqlNames();
      names.set(place, nameOf);
      return { kind: 'graphql', operations: [...new Set(graphql.map(nameOf))] };
    }
    if (exchange.resourceType === 'eventsource' || responseType(exchange) === 'text/event-stream')
      return { kind: 'sse', operations: [null] };
    const procedures = readRpc(exchange, address, read);
    if (procedures.length > 0) return { kind: 'rpc', operations: procedures };
    if (document) return { kind: 'document', operations: [null] };
    return { kind: responseType(exchange).startsWith('application/grpc') ? 'rpc' : 'rest', operations: [null] };
  };
}

/** Endpoints in order of first appearance; a batch of operations belongs to each of them. */
export function groupEndpoints(
  selected: readonly Selected[],
  templates: ReadonlyMap<number, PathTemplate>,
  read: BodyReader,
): EndpointGroup[] {
  const callOf = createCalls(read);
  const groups = new Map<string, EndpointGroup>();
  selected.forEach((row, index) => {
    const template = templates.get(index);
    if (template === undefined) return;
    const { kind, operations } = callOf(row);
    const { method } = row.exchange.request;
    for (const operation of operations) {
      const key = [row.address.origin, method, template.template, operation ?? '', kind === 'document' ? 'd' : ''].join(
        '\n',
      );
      const group = groups.get(key);
      if (group !== undefined) group.members.push(row);
      else
        groups.set(key, {
          id: `e${groups.size + 1}`,
          origin: row.address.origin,
          method,
          kind,
          operation,
          template,
          members: [row],
        });
    }
  });
  return [...groups.values()];
}
