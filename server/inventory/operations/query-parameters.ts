import type { Parameter } from '#shared/report.ts';
import { MAX_EXAMPLES, pickExamples, schemaOfTexts } from './values.ts';
import { roleOf } from './parameter-roles.ts';

interface Seen {
  requests: number;
  repeated: boolean;
  texts: string[];
}

const MAX_TEXTS = 2000;

/** The query parameters of one endpoint out of the queries of its requests. */
export function describeQuery(queries: readonly (readonly [string, string | null][])[]): Parameter[] {
  const seen = new Map<string, Seen>();
  for (const query of queries) {
    const counts = new Map<string, number>();
    for (const [name, value] of query) {
      if (name === '') continue;
      const one = seen.get(name) ?? { requests: 0, repeated: false, texts: [] };
      const times = (counts.get(name) ?? 0) + 1;
      counts.set(name, times);
      if (times === 1) one.requests++;
      else one.repeated = true;
      if (one.texts.length < MAX_TEXTS) one.texts.push(value ?? '');
      seen.set(name, one);
    }
  }
  return [...seen].map(([name, { requests, repeated, texts }]) => {
    const item = schemaOfTexts(name, texts);
    const role = roleOf(name);
    return {
      name,
      in: 'query',
      required: requests === queries.length,
      schema: repeated || name.endsWith('[]') ? { type: 'array', items: item } : item,
      examples: role === 'signature' ? [] : pickExamples(texts).slice(0, MAX_EXAMPLES),
      evidence: [`in ${requests} of ${queries.length} ${queries.length === 1 ? 'request' : 'requests'}`],
      confidence: 1,
      role,
    };
  });
}
