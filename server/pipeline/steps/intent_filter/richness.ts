import type { JsonSchema } from '#shared/json-schema.ts';
import type { EndpointFacts } from '#shared/report.ts';

interface Shape {
  properties: number;
  lists: number;
  arrays: number;
}

function measure(schema: JsonSchema, shape: Shape, depth: number): void {
  if (depth > 8 || shape.properties > 500) return;
  for (const property of Object.values(schema.properties ?? {})) {
    shape.properties++;
    measure(property, shape, depth + 1);
  }
  if (schema.items !== undefined) {
    shape.arrays++;
    if (schema.items.properties !== undefined) shape.lists++;
    measure(schema.items, shape, depth + 1);
  }
  if (typeof schema.additionalProperties === 'object') measure(schema.additionalProperties, shape, depth + 1);
  for (const part of schema.anyOf ?? []) measure(part, shape, depth + 1);
}

/**
 * How much data a reading endpoint gives: fields, lists of things, a way through pages, a parameter to choose by. `reads` is what
 * its method and name say; a POST that answers with a list reads, whatever it is called.
 */
export function richnessOf(endpoint: EndpointFacts, reads: boolean): { score: number; reason: string } {
  const shape: Shape = { properties: 0, lists: 0, arrays: 0 };
  for (const { status, payloads } of endpoint.responses)
    if (status < 300) for (const { schema } of payloads) measure(schema, shape, 0);
  const gives = reads || (endpoint.method === 'POST' && shape.arrays > 0);
  if (!gives || (shape.properties < 3 && endpoint.kind !== 'document'))
    return { score: endpoint.kind === 'document' ? 0.5 : 0, reason: 'A page of the site' };
  const paged = endpoint.pagination === null ? 0 : 2;
  const chosen = endpoint.parameters.some(({ role }) => role === 'search' || role === 'id') ? 1 : 0;
  const score = Math.log2(1 + shape.properties) + Math.min(2, shape.lists) * 1.5 + paged + chosen;
  return {
    score,
    reason: `Gives ${shape.properties} fields${shape.lists > 0 ? ' in lists' : ''}${paged > 0 ? ', page by page' : ''}`,
  };
}
