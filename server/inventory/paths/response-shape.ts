import { isRecord } from '../json-walk.ts';

const ENVELOPE =
  /^(?:_?meta(?:data)?|_?links?|paging|pagination|page(?:_?info)?|errors?|status|success|ok|message|code|took|total\w*|count|next\w*|prev\w*|has_?more|cursor|offset|limit|per_?page|size|url|self|href)$/i;
const MAX_KEYS = 80;
const MAX_DEPTH = 5;

/** Key paths that tell one kind of answer from another; what every answer of an API carries around its data is left out. */
export function responseShape(values: readonly unknown[]): ReadonlySet<string> {
  const shape = new Set<string>();
  const step = (value: unknown, path: string, depth: number): void => {
    if (shape.size >= MAX_KEYS || depth > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 3)) step(item, `${path}[]`, depth);
    } else if (isRecord(value)) {
      for (const [key, item] of Object.entries(value)) if (!ENVELOPE.test(key)) step(item, `${path}.${key}`, depth + 1);
    } else {
      shape.add(path);
      if (
        typeof value === 'string' &&
        /\.(?:@?type|kind|__typename|object|resource_?type)$/i.test(path) &&
        value.length <= 60
      )
        shape.add(`=${value}`);
    }
  };
  for (const value of values.slice(0, 3)) step(value, '', 0);
  return shape;
}

/** Both say by a `type` what they are, and nothing of it is common. */
function namesOtherThings(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let named = false;
  for (const key of a) {
    if (!key.startsWith('=')) continue;
    if (b.has(key)) return false;
    named = true;
  }
  return named && [...b].some((key) => key.startsWith('='));
}

const INFORMATIVE = 4;

/** `same` or `different` only when both say enough; an empty envelope is no evidence. */
export function compareShapes(
  a: ReadonlySet<string> | null,
  b: ReadonlySet<string> | null,
): 'same' | 'different' | 'unknown' {
  if (a === null || b === null || a.size < INFORMATIVE || b.size < INFORMATIVE) return 'unknown';
  let common = 0;
  let keysOfA = 0;
  let keysOfB = 0;
  for (const key of a) if (!key.startsWith('=')) keysOfA++;
  for (const key of b) if (!key.startsWith('=')) keysOfB++;
  for (const key of a) if (!key.startsWith('=') && b.has(key)) common++;
  const share = common / Math.min(keysOfA, keysOfB);
  const overlap = common / (keysOfA + keysOfB - common);
  if (namesOtherThings(a, b)) return overlap < 0.8 ? 'different' : 'unknown';
  if (overlap >= 0.5 || (share >= 0.9 && overlap >= 0.35)) return 'same';
  return overlap < 0.3 ? 'different' : 'unknown';
}
