import type { JsonSchema } from '#shared/json-schema.ts';
import { splitWords } from '../code/identifiers.ts';

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
const DEPTH_LIMIT = 40;

interface Known {
  id: number;
  schema: JsonSchema;
  count: number;
  hint: string;
  name: string | null;
}

/** Schemas of one document: cleaned of what OpenAPI does not know, with shapes that recur given a name. */
export interface SchemaPool {
  /** First pass: cleans a schema and counts its shapes. `hint` names it should it recur. */
  add: (schema: JsonSchema, hint: string) => JsonSchema;
  /** Second pass: the same schema with references to the named ones. */
  refer: (schema: JsonSchema) => JsonSchema;
  /** The named schemas, after every `refer`. */
  components: () => Record<string, JsonSchema>;
}

function singular(word: string): string {
  if (/ies$/.test(word)) return word.replace(/ies$/, 'y');
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

const toName = (hint: string): string => {
  const name = splitWords(hint)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, 60);
  return name === '' || /^\d/.test(name) ? `Schema${name}` : name;
};

export function createSchemaPool(): SchemaPool {
  const shapes = new Map<string, Known>();
  const shapeOf = new WeakMap<JsonSchema, Known>();

  function intern(schema: JsonSchema, key: string, hint: string): JsonSchema {
    let known = shapes.get(key);
    if (!known) {
      known = { id: shapes.size, schema, count: 0, hint, name: null };
      shapes.set(key, known);
    }
    known.count++;
    shapeOf.set(schema, known);
    return schema;
  }

  const idOf = (schema: JsonSchema): number => shapeOf.get(schema)?.id ?? -1;

  function add(source: JsonSchema, hint: string, depth = 0): JsonSchema {
    const schema: JsonSchema = {};
    if (depth > DEPTH_LIMIT) return intern(schema, '{}', hint);
    const types = (typeof source.type === 'string' ? [source.type] : (source.type ?? [])).filter((type) =>
      TYPES.has(type),
    );
    const [only] = types;
    if (only !== undefined) schema.type = types.length === 1 ? only : [...new Set(types)];
    if (source.format !== undefined) schema.format = source.format;
    if (source.contentEncoding !== undefined) schema.contentEncoding = source.contentEncoding;
    if (source.enum && source.enum.length > 0) schema.enum = source.enum;
    if (source.const !== undefined) schema.const = source.const;
    const key: unknown[] = [schema.type, schema.format, schema.contentEncoding, schema.enum, schema.const];
    if (source.properties) {
      const children = Object.entries(source.properties).map(
        ([name, child]) => [name.toWellFormed(), add(child, name, depth + 1)] as const,
      );
      schema.properties = Object.fromEntries(children);
      key.push(children.map(([name, child]) => [name, idOf(child)]));
    }
    if (source.required && source.required.length > 0) {
      schema.required = [...new Set(source.required.map((name) => name.toWellFormed()))];
      key.push('required', schema.required);
    }
    if (typeof source.additionalProperties === 'object') {
      schema.additionalProperties = add(source.additionalProperties, `${singular(hint)} entry`, depth + 1);
      key.push('entries', idOf(schema.additionalProperties));
    } else if (source.additionalProperties === true) schema.additionalProperties = true;
    if (source.items) {
      schema.items = add(source.items, singular(hint), depth + 1);
      key.push('items', idOf(schema.items));
    }
    if (source.anyOf && source.anyOf.length > 0) {
      schema.anyOf = source.anyOf.map((item) => add(item, hint, depth + 1));
      key.push('anyOf', schema.anyOf.map(idOf));
    }
    const shape = JSON.stringify(key);
    if (source.title !== undefined) schema.title = source.title;
    if (source.description !== undefined) schema.description = source.description;
    if (source.examples && source.examples.length > 0) schema.examples = source.examples.slice(0, 3);
    return intern(schema, shape, hint);
  }

  const used = new Set<string>();
  const components = new Map<string, JsonSchema>();
  const referred = new WeakMap<JsonSchema, JsonSchema>();

  const isNamed = (known: Known): boolean => known.count > 1 && Object.keys(known.schema.properties ?? {}).length > 1;

  function nameOf(known: Known): string {
    if (known.name !== null) return known.name;
    const base = toName(known.hint);
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base}${n}`;
    used.add(name);
    known.name = name;
    components.set(name, {});
    components.set(name, inside(known.schema));
    return name;
  }

  function inside(schema: JsonSchema): JsonSchema {
    const copy: JsonSchema = { ...schema };
    if (schema.properties) {
      copy.properties = Object.fromEntries(
        Object.entries(schema.properties).map(([name, child]) => [name, refer(child)]),
      );
    }
    if (typeof schema.additionalProperties === 'object') copy.additionalProperties = refer(schema.additionalProperties);
    if (schema.items) copy.items = refer(schema.items);
    if (schema.anyOf) copy.anyOf = schema.anyOf.map(refer);
    return copy;
  }

  function refer(schema: JsonSchema): JsonSchema {
    const known = shapeOf.get(schema);
    if (known && isNamed(known)) return { $ref: `#/components/schemas/${nameOf(known)}` };
    const done = referred.get(schema);
    if (done) return done;
    const copy = inside(schema);
    referred.set(schema, copy);
    return copy;
  }

  return { add: (schema, hint) => add(schema, hint), refer, components: () => Object.fromEntries(components) };
}
