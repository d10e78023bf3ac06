import type { JsonSchema } from '#shared/json-schema.ts';
import { isIdKey } from '../json-walk.ts';
import { classifySegment } from '../paths/segment-class.ts';
import { createObserved, mergeObserved, type Observed, type ObservedObjects, type ObservedStrings } from './observe.ts';

const MIN_ENUM_SAMPLES = 8;
const MAX_ENUM_VALUES = 8;
const MAX_NAMED_PROPERTIES = 400;
const FREE =
  /name|title|label|text|description|comment|message|email|phone|address|city|street|author|owner|user|person|people|login|url|uri|link|path|hash|token|secret|password|query|search|tag|brand|value|zip|postal|date|time|content|summary|body|note|host|ip$|slug|handle|avatar|image|icon|location|country$/i;
const CLOSED =
  /status|state|type|kind|mode|level|role|visibility|severity|priority|category|currency|unit|format|direction|order|sort|method|scope|access|gender|plan|tier|phase|stage|protocol|availability|condition|interval|frequency|language|locale|theme|operator|action|event|reason|result|resolution|provider|platform|environment|source|side|size$/i;
const ENUM_WORD = /^[A-Za-z][A-Za-z0-9]*(?:[_.:/-][A-Za-z0-9]+){0,4}$/;

/** The few values of a closed set: seen often, each more than once, words of a program and not of people. */
function enumOf(key: string, strings: ObservedStrings): string[] | null {
  const { values, count, format } = strings;
  if (values === null || format !== null || count < MIN_ENUM_SAMPLES || values.size > MAX_ENUM_VALUES) return null;
  if (
    !CLOSED.test(key) ||
    (isIdKey(key) && !/_?(?:type|status|code)$/i.test(key)) ||
    FREE.test(key.replace(CLOSED, ''))
  )
    return null;
  if (count / values.size < 3) return null;
  for (const [value, times] of values) {
    if (times < 2 || !ENUM_WORD.test(value) || /\d{3}/.test(value)) return null;
    const { nature, kind } = classifySegment(value);
    if (nature === 'opaque' || (kind === 'slug' && value.includes('.'))) return null;
  }
  return [...values.keys()].sort();
}

/** Validators that look at inherited properties would misjudge these; nothing is said about them. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

const isMapKey = (key: string): boolean => {
  const { nature, kind } = classifySegment(key);
  return nature === 'opaque' && kind !== 'number';
};

/** Keys are ids, or there are too many to be names: the object is a map. */
function isMap({ properties, count }: ObservedObjects): boolean {
  if (properties.size === 0) return false;
  if (properties.size > MAX_NAMED_PROPERTIES) return true;
  let ids = 0;
  for (const key of properties.keys()) if (isMapKey(key)) ids++;
  if (ids === properties.size) return true;
  return properties.size >= 8 && count < properties.size * 4 && ids / properties.size >= 0.8;
}

function emitObject(objects: ObservedObjects): JsonSchema {
  if (isMap(objects)) {
    const all = createObserved();
    for (const property of objects.properties.values()) mergeObserved(all, property);
    return { type: 'object', additionalProperties: emitSchema(all) };
  }
  const schema: JsonSchema = { type: 'object' };
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [key, property] of objects.properties) {
    if (key === '__proto__') continue;
    properties[key] = INHERITED.has(key) ? {} : emitSchema(property, key);
    if (property.count === objects.count) required.push(key);
  }
  if (objects.properties.size > 0) schema.properties = properties;
  if (required.length > 0) schema.required = required;
  return schema;
}

function emitString(key: string, strings: ObservedStrings): JsonSchema {
  if (strings.format !== null) return { type: 'string', format: strings.format };
  const values = enumOf(key, strings);
  return values === null ? { type: 'string' } : { type: 'string', enum: values };
}

/** The JSON Schema that all that was seen fits: optional, nullable and widened where samples differ, never closed. */
export function emitSchema(seen: Observed, key = ''): JsonSchema {
  if (seen.open) return {};
  const parts: JsonSchema[] = [];
  if (seen.objects !== null) parts.push(emitObject(seen.objects));
  if (seen.arrays !== null) parts.push({ type: 'array', items: emitSchema(seen.arrays.items, key) });
  if (seen.strings !== null) parts.push(emitString(key, seen.strings));
  if (seen.numbers > 0) parts.push({ type: 'number' });
  else if (seen.integers > 0) parts.push({ type: 'integer' });
  if (seen.booleans > 0) parts.push({ type: 'boolean' });
  const [only] = parts;
  if (only === undefined) return seen.nulls > 0 ? { type: 'null' } : {};
  if (parts.length === 1) return seen.nulls > 0 ? withNull(only) : only;
  if (seen.nulls > 0) parts.push({ type: 'null' });
  const plain = parts.every((part) => Object.keys(part).length === 1);
  return plain ? { type: parts.map((part) => String(part.type)) } : { anyOf: parts };
}

function withNull(schema: JsonSchema): JsonSchema {
  const nullable: JsonSchema = { ...schema, type: [String(schema.type), 'null'] };
  if (schema.enum !== undefined) nullable.enum = [...schema.enum, null];
  return nullable;
}
