import type { JsonSchema } from '#shared/json-schema.ts';
import type { EndpointFacts } from '#shared/report.ts';

interface Shape {
  properties: number;
  lists: number;
}

function measure(schema: JsonSchema, shape: Shape, depth: number): void {
  if (depth > 8 || shape.properties > 500) return;
  for (const property of Object.values(schema.properties ?? {})) {
    shape.properties++;
    measure(property, shape, depth + 1);
  }
  if (schema.items !== undefined) {
    if (schema.items.properties !== undefined) shape.lists++;
    measure(schema.items, shape, depth + 1);
  }
  if (typeof schema.additionalProperties === 'object') measure(schema.additionalProperties, shape, depth + 1);
  for (const part of schema.anyOf ?? []) measure(part, shape, depth + 1);
}

/** How much data a reading endpoint gives: fields, lists of things, a way through pages, a parameter to choose by. */
export function richnessOf(endpoint: EndpointFacts): { score: number; reason: string } {
  const shape: Shape = { properties: 0, lists: 0 };
  for (const { status, payloads } of endpoint.responses)
    if (status < 300) for (const { schema } of payloads) measure(schema, shape, 0);
  const reads = endpoint.method === 'GET' || endpoint.kind !== 'rest';
  if (!reads || (shape.properties < 3 && endpoint.kind !== 'document'))
    return { score: endpoint.kind === 'document' ? 0.5 : 0, reason: 'A page of the site' };
  const paged = endpoint.pagination === null ? 0 : 2;
  const chosen = endpoint.parameters.some(({ role }) => role === 'search' || role === 'id') ? 1 : 0;
  const score = Math.log2(1 + shape.properties) + Math.min(2, shape.lists) * 1.5 + paged + chosen;
  return {
    score,
    reason: `Gives ${shape.properties} fields${shape.lists > 0 ? ' in lists' : ''}${paged > 0 ? ', page by page' : ''}`,
  };
}
