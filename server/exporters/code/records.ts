import type { JsonSchema } from '#shared/json-schema.ts';
import type { Dependency, EndpointFacts } from '#shared/report.ts';

const typesOf = (schema: JsonSchema): readonly string[] =>
  typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);

/** Schema of the first successful JSON answer. */
export function answerSchema(endpoint: EndpointFacts): JsonSchema | null {
  for (const response of endpoint.responses) {
    if (response.status < 200 || response.status > 299) continue;
    const payload = response.payloads.find(({ mediaType }) => /json/i.test(mediaType));
    if (payload) return payload.schema;
  }
  return null;
}

/** Where the list of records is in the answer: the shallowest array of objects, then the shallowest array; null when there is none. */
export function findRecordsPath(schema: JsonSchema | null): string[] | null {
  if (!schema) return null;
  let level: { at: string[]; schema: JsonSchema }[] = [{ at: [], schema }];
  let plain: string[] | null = null;
  for (let depth = 0; depth < 5 && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { at, schema: node } of level) {
      if (typesOf(node).includes('array')) {
        if (node.items && typesOf(node.items).includes('object')) return at;
        plain ??= at;
      }
      for (const [name, child] of Object.entries(node.properties ?? {}).slice(0, 100))
        next.push({ at: [...at, name], schema: child });
    }
    level = next;
  }
  return plain;
}

export function readSimplePath(path: string): string[] | null {
  const match = /^\$((?:\.[A-Za-z_$][\w$-]*)+)$/.exec(path);
  return match?.[1] ? match[1].slice(1).split('.') : null;
}

/** Where the answer holds the next cursor: shown by a value that came back in the next request, or null. */
export function findCursorPath(endpoint: EndpointFacts, dependencies: readonly Dependency[]): string[] | null {
  const parameter = endpoint.pagination?.parameter;
  if (!parameter) return null;
  const edge = dependencies.find(
    ({ from, to, into }) => from === endpoint.id && to === endpoint.id && into === `query:${parameter}`,
  );
  return edge ? readSimplePath(edge.path) : null;
}
