type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Kind = 'null' | 'array' | 'object' | 'string' | 'number' | 'boolean';

interface PathFacts {
  /** How often it appeared for each appearance of its parent, summed with array elements sharing one weight. */
  weight: number;
  kinds: Set<Kind>;
}

export interface JsonShape {
  paths: ReadonlyMap<string, PathFacts>;
  /** Arrays of records, and how many each holds. */
  rows: ReadonlyMap<string, number>;
}

const MAX_ELEMENTS = 50;
const MAP_KEYS = 20;
const MAX_PATHS = 5_000;
const REQUIRED = 0.8;

const kindOf = (value: Json): Kind => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const kind = typeof value;
  return kind === 'object' || kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : 'string';
};

const isRecord = (value: Json): value is { [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A keyed collection rather than a record: many keys whose values all look alike. */
function isMap(value: { [key: string]: Json }): boolean {
  const entries = Object.values(value);
  if (entries.length <= MAP_KEYS) return false;
  return new Set(entries.map((one) => (isRecord(one) ? Object.keys(one).sort().join() : kindOf(one)))).size <= 2;
}

/** Keys that are data rather than names never become part of a path that is shown. */
const keyName = (key: string): string =>
  /^[A-Za-z_$][A-Za-z0-9_$-]{0,39}$/.test(key) && !/\d{4,}/.test(key) ? key : '*';

/** Typed paths of a JSON value; arrays are one step (`[]`), at most 50 elements of each are looked at. */
export function shapeOf(value: Json): JsonShape {
  const paths = new Map<string, PathFacts>();
  const rows = new Map<string, number>();
  const pending: { value: Json; path: string; weight: number }[] = [{ value, path: '$', weight: 1 }];
  for (let next = pending.pop(); next !== undefined && paths.size < MAX_PATHS; next = pending.pop()) {
    const { value: current, path, weight } = next;
    const facts = paths.get(path) ?? { weight: 0, kinds: new Set<Kind>() };
    facts.weight += weight;
    facts.kinds.add(kindOf(current));
    paths.set(path, facts);
    if (Array.isArray(current)) {
      const isRows = current.length === 0 || current.some(isRecord);
      if (isRows) rows.set(path, (rows.get(path) ?? 0) + current.length);
      const shown = current.slice(0, MAX_ELEMENTS);
      for (const element of shown) pending.push({ value: element, path: `${path}[]`, weight: weight / shown.length });
    } else if (isRecord(current)) {
      const entries = Object.entries(current);
      if (isMap(current)) {
        rows.set(`${path}.*`, entries.length);
        const shown = entries.slice(0, MAX_ELEMENTS);
        for (const [, element] of shown)
          pending.push({ value: element, path: `${path}.*`, weight: weight / shown.length });
      } else
        for (const [key, element] of entries) pending.push({ value: element, path: `${path}.${keyName(key)}`, weight });
    }
  }
  return { paths, rows };
}

export interface ShapeComparison {
  /** Share of the recorded paths that are there again with a kind they had. */
  coverage: number;
  /** Recorded paths that are missing, and those that are null now; at most 8 each. */
  missing: string[];
  nulled: string[];
  /** The recorded array with most rows: rows then and now; null when there was none. */
  rows: { path: string; then: number; now: number } | null;
}

const parentOf = (path: string): string => path.replace(/(?:\[\]|\.[^.[\]]+)$/, '');

/** Whether two JSON answers hold the same kind of data. */
export function compareShapes(recorded: JsonShape, replayed: JsonShape): ShapeComparison {
  const main = [...recorded.rows].sort((a, b) => b[1] - a[1])[0];
  const rows = main === undefined ? null : { path: main[0], then: main[1], now: replayed.rows.get(main[0]) ?? 0 };
  const emptied = [...recorded.rows]
    .filter(([path, count]) => count > 0 && replayed.rows.get(path) === 0)
    .map(([path]) => path);
  let wanted = 0;
  let found = 0;
  const missing: string[] = [];
  const nulled: string[] = [];
  for (const [path, { weight, kinds }] of recorded.paths) {
    const parent = path === '$' ? 1 : (recorded.paths.get(parentOf(path))?.weight ?? 1);
    if (weight / parent < REQUIRED || (kinds.size === 1 && kinds.has('null'))) continue;
    if (emptied.some((array) => path.startsWith(`${array}[]`) || path.startsWith(`${array}.`))) continue;
    wanted += 1;
    const now = replayed.paths.get(path);
    if (now !== undefined && [...kinds].some((kind) => kind !== 'null' && now.kinds.has(kind))) found += 1;
    else if (now?.kinds.size === 1 && now.kinds.has('null')) nulled.push(path);
    else missing.push(path);
  }
  return {
    coverage: wanted === 0 ? 1 : found / wanted,
    missing: missing.slice(0, 8),
    nulled: nulled.slice(0, 8),
    rows,
  };
}

/** The value of a JSON text, a byte-order mark or an anti-hijacking prefix before it allowed; undefined when it is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF?(?:\)\]\}',?\s*\n?|for\s*\(;;\);|while\s*\(1\);)?/, ''));
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
const isJson = (value: unknown): value is Json => value !== undefined && typeof value !== 'function';
