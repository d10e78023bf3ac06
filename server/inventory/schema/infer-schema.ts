import type { JsonSchema } from '#shared/json-schema.ts';
import { findMisfit, type Misfit } from './check.ts';
import { emitSchema } from './emit.ts';
import { createObserved, createRoom, observe } from './observe.ts';

/** Gives way at the keyword that refused a recorded value. */
function loosen({ schema, keyword, name, value }: Misfit): void {
  if (keyword === 'format') delete schema.format;
  else if (keyword === 'enum') delete schema.enum;
  else if (keyword === 'required') schema.required = (schema.required ?? []).filter((known) => known !== name);
  else {
    const seen = createObserved();
    observe(seen, value, createRoom());
    const before = { ...schema };
    for (const key of Object.keys(schema)) delete schema[key as keyof JsonSchema];
    schema.anyOf = keyword === 'anyOf' ? [...(before.anyOf ?? []), emitSchema(seen)] : [before, emitSchema(seen)];
  }
}

const MAX_REPAIRS = 200;

/** Widens a schema until every value fits it; in the end it says nothing rather than something untrue. */
export function repairSchema(schema: JsonSchema, values: Iterable<unknown>): JsonSchema {
  let repairs = 0;
  for (const value of values) {
    for (let misfit = findMisfit(schema, value); misfit !== null; misfit = findMisfit(schema, value)) {
      if (++repairs > MAX_REPAIRS) return {};
      loosen(misfit);
    }
  }
  return schema;
}

/** The schema of all the values, which every one of them fits. The values are read twice. */
export function inferSchema(values: Iterable<unknown> & object): JsonSchema {
  const seen = createObserved();
  const room = createRoom();
  for (const value of values) observe(seen, value, room);
  return repairSchema(emitSchema(seen), values);
}
