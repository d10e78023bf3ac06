import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** PostgreSQL refuses U+0000 and half surrogate pairs; both become U+FFFD at this door. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');

const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'string') return storableText(inner);
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, part]) => [storableText(key), part]));
  });

/** `text` that never makes PostgreSQL refuse a row. */
export const safeText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: storableText,
});

/** `jsonb` for small facts of our own: counts, references, settings. Captured text never enters it. */
export const smallJson = <T>(name: string) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: storableJson,
  })(name);

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
export const accountIdColumn = () => uuid('account_id').notNull();
