import { isRecord } from '../json-walk.ts';
import { formatOf, hasFormat, type InferredFormat } from './formats.ts';

/** What was seen at one place of all samples: how often each type, and what stood below. */
export interface Observed {
  count: number;
  nulls: number;
  booleans: number;
  integers: number;
  numbers: number;
  strings: ObservedStrings | null;
  objects: ObservedObjects | null;
  arrays: { count: number; items: Observed } | null;
  /** Deeper or larger than what is described; anything goes below. */
  open: boolean;
}

export interface ObservedStrings {
  count: number;
  format: InferredFormat | null;
  /** Distinct values with their counts; null once there are too many or too long ones. */
  values: Map<string, number> | null;
}

export interface ObservedObjects {
  count: number;
  properties: Map<string, Observed>;
}

const MAX_DEPTH = 24;
const MAX_VALUES = 12;
const MAX_VALUE_CHARS = 40;
const MAX_PROPERTIES = 20_000;

export const createObserved = (): Observed => ({
  count: 0,
  nulls: 0,
  booleans: 0,
  integers: 0,
  numbers: 0,
  strings: null,
  objects: null,
  arrays: null,
  open: false,
});

function observeString(into: Observed, text: string): void {
  const { strings } = into;
  if (strings === null) {
    into.strings = {
      count: 1,
      format: formatOf(text),
      values: text.length <= MAX_VALUE_CHARS ? new Map([[text, 1]]) : null,
    };
    return;
  }
  strings.count++;
  if (strings.format !== null && !hasFormat(strings.format, text)) strings.format = null;
  if (strings.values === null) return;
  const seen = strings.values.get(text);
  if (seen !== undefined) strings.values.set(text, seen + 1);
  else if (text.length > MAX_VALUE_CHARS || strings.values.size >= MAX_VALUES) strings.values = null;
  else strings.values.set(text, 1);
}

function arraysOf(into: Observed): NonNullable<Observed['arrays']> {
  const arrays = into.arrays ?? { count: 0, items: createObserved() };
  into.arrays = arrays;
  return arrays;
}

function objectsOf(into: Observed): ObservedObjects {
  const objects = into.objects ?? { count: 0, properties: new Map<string, Observed>() };
  into.objects = objects;
  return objects;
}

/** Room for properties over one schema, shared by all its places. */
export interface Room {
  properties: number;
}
export const createRoom = (): Room => ({ properties: MAX_PROPERTIES });

export function observe(into: Observed, value: unknown, room: Room, depth = 0): void {
  into.count++;
  if (value === null) into.nulls++;
  else if (typeof value === 'boolean') into.booleans++;
  else if (typeof value === 'number') {
    if (Number.isInteger(value)) into.integers++;
    else into.numbers++;
  } else if (typeof value === 'string') observeString(into, value);
  else if (depth >= MAX_DEPTH) into.open = true;
  else if (Array.isArray(value)) {
    const arrays = arraysOf(into);
    arrays.count++;
    for (const item of value) observe(arrays.items, item, room, depth + 1);
  } else if (isRecord(value)) {
    const objects = objectsOf(into);
    objects.count++;
    for (const key of Object.keys(value)) {
      let property = objects.properties.get(key);
      if (property === undefined) {
        if (room.properties <= 0) continue;
        room.properties--;
        property = createObserved();
        objects.properties.set(key, property);
      }
      observe(property, value[key], room, depth + 1);
    }
  }
}

/** Adds what was seen at one place to what was seen at another, as for the values of a map. */
export function mergeObserved(into: Observed, other: Observed): void {
  into.count += other.count;
  into.nulls += other.nulls;
  into.booleans += other.booleans;
  into.integers += other.integers;
  into.numbers += other.numbers;
  into.open ||= other.open;
  if (other.strings !== null) {
    const { strings } = into;
    if (strings === null)
      into.strings = { ...other.strings, values: other.strings.values && new Map(other.strings.values) };
    else {
      strings.count += other.strings.count;
      if (strings.format !== other.strings.format) strings.format = null;
      strings.values = joinValues(strings.values, other.strings.values);
    }
  }
  if (other.arrays !== null) {
    const arrays = arraysOf(into);
    arrays.count += other.arrays.count;
    mergeObserved(arrays.items, other.arrays.items);
  }
  if (other.objects !== null) {
    const objects = objectsOf(into);
    objects.count += other.objects.count;
    for (const [key, property] of other.objects.properties) {
      const known = objects.properties.get(key) ?? createObserved();
      mergeObserved(known, property);
      objects.properties.set(key, known);
    }
  }
}

function joinValues(a: Map<string, number> | null, b: Map<string, number> | null): Map<string, number> | null {
  if (a === null || b === null) return null;
  for (const [value, count] of b) a.set(value, (a.get(value) ?? 0) + count);
  return a.size > MAX_VALUES ? null : a;
}
