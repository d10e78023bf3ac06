import type { JsonSchema } from '#shared/json-schema.ts';
import type { EndpointFacts } from '#shared/report.ts';
import { answerSchema, findRecordsPath } from '../../../exporters/code/records.ts';

/** Schema of one record of the answer: an element of its list, or the answer itself. */
export function readRecordSchema(endpoint: EndpointFacts): JsonSchema | null {
  const schema = answerSchema(endpoint);
  const path = findRecordsPath(schema);
  if (schema === null || path === null) return schema;
  const list = path.reduce<JsonSchema | undefined>((node, name) => node?.properties?.[name], schema);
  return list?.items ?? null;
}
