/** One scalar met while walking: its key, the way to it (`$.items[].id`) and how many arrays lie above it. */
export interface Scalar {
  value: string | number;
  key: string;
  path: string;
  arrays: number;
}

const MAX_DEPTH = 40;
const MAX_NODES = 400_000;

/** Visits every object and every string or number, in order; bounded in depth and size. */
export function walkJson(
  root: unknown,
  visit: { scalar: (scalar: Scalar) => void; object?: (value: Record<string, unknown>, path: string) => void },
): void {
  let nodes = 0;
  const step = (value: unknown, key: string, path: string, arrays: number, depth: number): void => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) return;
    if (typeof value === 'string' || typeof value === 'number') visit.scalar({ value, key, path, arrays });
    else if (Array.isArray(value)) for (const item of value) step(item, key, `${path}[]`, arrays + 1, depth + 1);
    else if (isRecord(value)) {
      visit.object?.(value, path);
      for (const name of Object.keys(value)) step(value[name], name, `${path}.${name}`, arrays, depth + 1);
    }
  };
  step(root, '', '$', 0, 0);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The key of a value that names a thing: `id`, `slug`, `projectId`, `user_name`, `full_name`, … */
export const isIdKey = (key: string): boolean =>
  /^(?:_?id|iid|uid|uuid|guid|key|slug|name|login|handle|code|sku|number|ref|path|symbol|token|email|hash|sha|isbn|asin|ean|gid|urn|arn|self)$/i.test(
    key,
  ) ||
  /(?:Id|ID|_id|-id|Ids|_ids|Uuid|_uuid|Key|_key|Slug|_slug|Name|_name|Code|_code|Number|_number|Handle|Token|_token|Login|Ref|username)$/.test(
    key,
  );
