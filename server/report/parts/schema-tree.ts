import { raw } from 'hono/html';
import type { JsonSchema } from '#shared/json-schema.ts';

const DEPTH_LIMIT = 7;
const NODE_LIMIT = 120;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '');

const typesOf = (schema: JsonSchema): readonly string[] =>
  typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);

function nameType(schema: JsonSchema): string {
  const names = typesOf(schema).map((type) =>
    type === 'array'
      ? `list of ${schema.items ? nameType(schema.items) : 'anything'}`
      : type === 'null'
        ? 'nothing'
        : type,
  );
  if (schema.anyOf) names.push(...schema.anyOf.slice(0, 5).map(nameType));
  const base = [...new Set(names)].join(' or ') || 'anything';
  const values =
    schema.enum && schema.enum.length <= 8
      ? `, one of ${schema.enum.map((value) => JSON.stringify(value)).join(' ')}`
      : '';
  return `${base}${schema.format === undefined ? '' : ` (${schema.format})`}${values}`;
}

function showExample(example: unknown): string {
  if (example === undefined || example === null || typeof example === 'object') return '';
  const text = JSON.stringify(example);
  return ` <em>${escape(text.length > 60 ? `${text.slice(0, 57)}…` : text)}</em>`;
}

const childOf = (example: unknown, name: string): unknown =>
  typeof example === 'object' && example !== null && Object.hasOwn(example, name)
    ? (Reflect.get(example, name) as unknown)
    : undefined;

interface Budget {
  left: number;
}

function writeChildren(schema: JsonSchema, example: unknown, depth: number, budget: Budget): string {
  if (depth > DEPTH_LIMIT) return '';
  const element: unknown = Array.isArray(example) ? example[0] : undefined;
  if (schema.items) return writeChildren(schema.items, element, depth, budget);
  const required = new Set(schema.required ?? []);
  let rows = '';
  let skipped = 0;
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (budget.left-- <= 0) {
      skipped++;
      continue;
    }
    const value = childOf(example, name) ?? child.examples?.[0];
    rows += `<li><code>${escape(name)}</code> <i>${escape(nameType(child))}${required.has(name) ? '' : ', sometimes'}</i>${showExample(value)}${writeChildren(child, value, depth + 1, budget)}</li>`;
  }
  if (typeof schema.additionalProperties === 'object' && budget.left-- > 0) {
    rows += `<li><i>any name: ${escape(nameType(schema.additionalProperties))}</i>${writeChildren(schema.additionalProperties, undefined, depth + 1, budget)}</li>`;
  }
  for (const [index, choice] of (schema.anyOf ?? []).entries()) {
    const inside = writeChildren(choice, example, depth + 1, budget);
    if (inside !== '') rows += `<li><i>form ${index + 1}</i>${inside}</li>`;
  }
  if (skipped > 0) rows += `<li><i>${skipped} more; the OpenAPI document has them</i></li>`;
  return rows === '' ? '' : `<ul>${rows}</ul>`;
}

/** A schema as nested lists with a value seen beside each field. Written as text because pages hold thousands of fields. */
export function renderSchemaTree(schema: JsonSchema, example: unknown): ReturnType<typeof raw> {
  const inside = writeChildren(schema, example, 0, { left: NODE_LIMIT });
  return raw(`<ul class="tree"><li><i>${escape(nameType(schema))}</i>${inside}</li></ul>`);
}
