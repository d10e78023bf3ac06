import { isRecord } from '../json-walk.ts';

const MAX_CHARS = 4000;

const trim = (value: unknown, items: number, depth: number): unknown => {
  if (depth > 20) return value;
  if (Array.isArray(value)) return value.slice(0, items).map((item) => trim(item, items, depth + 1));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, trim(item, items, depth + 1)]));
  return value;
};

/** A body with its arrays shortened until it is small; undefined when even so it stays large. It fits the body's schema. */
export function shortenExample(value: unknown): unknown {
  for (const items of [3, 1, 0]) {
    const example = trim(value, items, 0);
    if (((JSON.stringify(example) as string | undefined) ?? '').length <= MAX_CHARS) return example;
  }
  return undefined;
}
