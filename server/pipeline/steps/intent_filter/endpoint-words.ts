import type { Action } from '#shared/exchange.ts';
import type { JsonSchema } from '#shared/json-schema.ts';
import type { EndpointFacts } from '#shared/report.ts';
import { stemsOf } from './read-terms.ts';

export type Place = 'operation' | 'path' | 'container' | 'property' | 'parameter' | 'action';

/** How much a word tells by where it stands. */
export const PLACE_WEIGHT: Record<Place, number> = {
  operation: 4,
  path: 3.5,
  container: 2,
  property: 1.3,
  parameter: 1.2,
  action: 1,
};

export interface EndpointWord {
  place: Place;
  /** As it stands there. */
  text: string;
}

const MAX_PROPERTIES = 400;

function* propertyNames(schema: JsonSchema, depth: number): Generator<{ name: string; container: boolean }> {
  if (depth > 6) return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const inner = property.properties ?? property.items?.properties ?? property.anyOf;
    yield { name, container: inner !== undefined && depth < 3 };
    yield* propertyNames(property, depth + 1);
  }
  if (schema.items !== undefined) yield* propertyNames(schema.items, depth + 1);
  if (typeof schema.additionalProperties === 'object') yield* propertyNames(schema.additionalProperties, depth + 1);
  for (const part of schema.anyOf ?? []) yield* propertyNames(part, depth + 1);
}

/** The words an endpoint is known by, by stem: where each stands best. */
export function wordsOf(endpoint: EndpointFacts, actions: readonly Action[]): Map<string, EndpointWord> {
  const words = new Map<string, EndpointWord>();
  const add = (place: Place, text: string): void => {
    for (const stem of stemsOf(text)) {
      const known = words.get(stem);
      if (known === undefined || PLACE_WEIGHT[known.place] < PLACE_WEIGHT[place]) words.set(stem, { place, text });
    }
  };
  if (endpoint.operation !== null) add('operation', endpoint.operation);
  for (const segment of endpoint.template.split('/')) if (!segment.includes('{')) add('path', segment);
  for (const parameter of endpoint.parameters) {
    if (parameter.in !== 'query') continue;
    add('parameter', parameter.name);
    if (parameter.role === 'search') words.set('search', { place: 'path', text: parameter.name });
  }
  let left = MAX_PROPERTIES;
  for (const { status, payloads } of endpoint.responses) {
    if (status >= 300) continue;
    for (const { schema } of payloads) {
      for (const { name, container } of propertyNames(schema, 0)) {
        if (left-- <= 0) break;
        add(container ? 'container' : 'property', name);
      }
    }
  }
  const own = new Set(endpoint.evidence);
  for (const action of actions)
    if (action.name !== '' && action.exchanges.some((id) => own.has(id))) add('action', action.name);
  return words;
}
