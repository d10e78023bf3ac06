import type { JsonSchema } from '#shared/json-schema.ts';
import { isRecord } from '../json-walk.ts';
import { hasFormat, isInferredFormat } from './formats.ts';

/** Where a value does not fit: the schema that refused it and the keyword that did. */
export interface Misfit {
  schema: JsonSchema;
  keyword: 'type' | 'enum' | 'format' | 'required' | 'anyOf';
  /** The property, for `required`. */
  name?: string;
  value: unknown;
}

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
};

const fitsType = (type: string, value: unknown): boolean =>
  type === typeOf(value) || (type === 'integer' && typeof value === 'number' && Number.isInteger(value));

/**
 * Checks a value against the keywords that inference emits, with the meaning of JSON Schema 2020-12; null when it fits.
 * Interpreted, because compiling hundreds of schemas costs more than reading their samples.
 */
export function findMisfit(schema: JsonSchema, value: unknown): Misfit | null {
  if (schema.type !== undefined) {
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    if (!types.some((type) => fitsType(type, value))) return { schema, keyword: 'type', value };
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) return { schema, keyword: 'enum', value };
  if (
    typeof value === 'string' &&
    schema.format !== undefined &&
    isInferredFormat(schema.format) &&
    !hasFormat(schema.format, value)
  ) {
    return { schema, keyword: 'format', value };
  }
  if (schema.anyOf !== undefined && !schema.anyOf.some((part) => findMisfit(part, value) === null))
    return { schema, keyword: 'anyOf', value };
  if (Array.isArray(value)) return schema.items === undefined ? null : checkItems(schema.items, value);
  return isRecord(value) ? checkObject(schema, value) : null;
}

function checkItems(items: JsonSchema, values: readonly unknown[]): Misfit | null {
  for (const value of values) {
    const misfit = findMisfit(items, value);
    if (misfit !== null) return misfit;
  }
  return null;
}

function checkObject(schema: JsonSchema, value: Record<string, unknown>): Misfit | null {
  for (const name of schema.required ?? [])
    if (!Object.hasOwn(value, name)) return { schema, keyword: 'required', name, value };
  const rest = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  if (schema.properties === undefined && rest === undefined) return null;
  for (const key of Object.keys(value)) {
    const named =
      schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : rest;
    if (named === undefined) continue;
    const misfit = findMisfit(named, value[key]);
    if (misfit !== null) return misfit;
  }
  return null;
}
