import type { JsonSchema } from '#shared/json-schema.ts';
import { inferSchema } from '../schema/infer-schema.ts';
import { classifySegment } from '../paths/segment-class.ts';

/** A text of a URL or form as the JSON value it most plainly is. */
export function plainValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  if (/^-?(?:0|[1-9]\d{0,11})\.\d{1,6}$/.test(text)) return Number(text);
  return text;
}

const SCALARS = new Set(['integer', 'number', 'boolean']);

/** Schema of texts that are one parameter's values; a type is named only when every value has it. */
export function schemaOfTexts(key: string, texts: readonly string[]): JsonSchema {
  const filled = texts.filter((text) => text !== '');
  if (filled.length === 0) return { type: 'string' };
  const schema = inferSchema(filled.map((text) => ({ [key]: plainValue(text) }))).properties?.[key] ?? {};
  if (typeof schema.type === 'string' && (schema.type === 'string' || SCALARS.has(schema.type))) {
    return schema.type !== 'string' && filled.length < texts.length ? { type: 'string' } : schema;
  }
  return { type: 'string' };
}

export const MAX_EXAMPLES = 5;

/** Up to five different values in order of appearance, short ones only. */
export function pickExamples(texts: readonly string[]): (string | number | boolean)[] {
  const examples = new Set<string | number | boolean>();
  for (const text of texts) {
    if (examples.size >= MAX_EXAMPLES) break;
    if (text !== '' && text.length <= 200) examples.add(plainValue(text));
  }
  return [...examples];
}

export const looksOpaque = (text: string): boolean => classifySegment(encodeURIComponent(text)).nature === 'opaque';
