import { decodeText } from './address.ts';
import type { BodyReader } from './body-reading.ts';
import type { EndpointGroup } from './group-endpoints.ts';
import { walkJson } from './json-walk.ts';
import type { Consumer } from './value-flow.ts';

const PER_ENDPOINT = 2000;
const SENT_HEADER = /^(?:x-.*|.*token.*|authorization)$/i;

/** The value of a path parameter without what stays around it. */
export const valueInPath = (segment: string, before: string, after: string): string =>
  decodeText(segment.slice(before.length, after === '' ? undefined : -after.length));

/** Every value that the requests of an endpoint sent, with the place it went to; bounded. */
export function collectConsumers({ id, template, members, kind }: EndpointGroup, read: BodyReader): Consumer[] {
  const consumers: Consumer[] = [];
  for (const { exchange, address } of members) {
    if (consumers.length >= PER_ENDPOINT) break;
    const add = (into: string, name: string, value: string): void => {
      if (value !== '' && value.length <= 2000) consumers.push({ endpoint: id, exchange, into, name, value });
    };
    for (const { name, at, before, after } of template.parameters)
      add(`path:${name}`, name, valueInPath(address.segments[at] ?? '', before, after));
    for (const [name, value] of address.query) if (value !== null) add(`query:${name}`, name, value);
    for (const [name, value] of exchange.request.headers) {
      if (!SENT_HEADER.test(name)) continue;
      add(
        `header:${name.toLowerCase()}`,
        name,
        name.toLowerCase() === 'authorization' ? value.replace(/^\S+\s+/, '') : value,
      );
    }
    for (const value of kind === 'websocket' ? [] : (read(exchange.request.body)?.values ?? [])) {
      walkJson(value, {
        scalar: (scalar) => {
          if (consumers.length < PER_ENDPOINT && scalar.key !== 'query')
            add(`body:${scalar.path}`, scalar.key, String(scalar.value));
        },
      });
    }
  }
  return consumers;
}
