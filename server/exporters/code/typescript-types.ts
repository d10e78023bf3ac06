import type { JsonSchema } from '#shared/json-schema.ts';
import { writeJsString } from './literals.ts';

const DEPTH_LIMIT = 5;
const PROPERTY_LIMIT = 60;

function writeObject(schema: JsonSchema, depth: number): string {
  const properties = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required ?? []);
  if (properties.length === 0 || properties.length > PROPERTY_LIMIT) {
    const rest =
      typeof schema.additionalProperties === 'object' ? writeType(schema.additionalProperties, depth + 1) : 'unknown';
    return `Record<string, ${rest}>`;
  }
  const lines = properties.map(
    ([name, child]) => `${writeJsString(name)}${required.has(name) ? '' : '?'}: ${writeType(child, depth + 1)}`,
  );
  return `{ ${lines.join('; ')} }`;
}

/** A TypeScript type for what was seen; `unknown` where it is too deep or was never seen. */
export function writeType(schema: JsonSchema | null | undefined, depth = 0): string {
  if (!schema || depth > DEPTH_LIMIT) return 'unknown';
  if (schema.anyOf && schema.anyOf.length > 0 && schema.anyOf.length <= 8) {
    return [...new Set(schema.anyOf.map((item) => writeType(item, depth + 1)))].map((item) => `(${item})`).join(' | ');
  }
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const written = types.map((type) => {
    switch (type) {
      case 'string':
        return 'string';
      case 'integer':
      case 'number':
        return 'number';
      case 'boolean':
        return 'boolean';
      case 'null':
        return 'null';
      case 'array':
        return `(${writeType(schema.items, depth + 1)})[]`;
      case 'object':
        return writeObject(schema, depth);
      default:
        return 'unknown';
    }
  });
  return written.length === 0 ? 'unknown' : [...new Set(written)].join(' | ');
}
