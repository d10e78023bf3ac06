import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { findMisfit } from './check.ts';
import { inferSchema, repairSchema } from './infer-schema.ts';

const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

describe('inferSchema', () => {
  test('optional, nullable, integers widened to numbers', () => {
    expect(
      inferSchema([
        { id: 1, price: 2, note: null },
        { id: 2, price: 2.5, note: 'x', tags: [] },
      ]),
    ).toEqual({
      type: 'object',
      properties: {
        id: { type: 'integer' },
        price: { type: 'number' },
        note: { type: ['string', 'null'] },
        tags: { type: 'array', items: {} },
      },
      required: ['id', 'price', 'note'],
    });
  });

  test('all items of an array count', () => {
    const items = many(500, (n) => (n === 499 ? { id: 'last' } : { id: n, late: true }));
    const schema = inferSchema([items]);
    expect(schema.items?.required).toEqual(['id']);
    expect(schema.items?.properties?.['id']).toEqual({ type: ['string', 'integer'] });
  });

  test('formats only when all values have them', () => {
    const schema = inferSchema([
      { at: '2024-05-01T10:00:00Z', day: '2024-05-01', mail: 'a@example.test', mixed: '2024-05-01' },
      { at: '2024-05-02T10:00:00Z', day: '2024-05-02', mail: 'b@example.test', mixed: 'soon' },
    ]);
    expect(schema.properties).toEqual({
      at: { type: 'string', format: 'date-time' },
      day: { type: 'string', format: 'date' },
      mail: { type: 'string', format: 'email' },
      mixed: { type: 'string' },
    });
  });

  test('a closed set is an enum; people, ids and free text never are', () => {
    const rows = many(30, (n) => ({
      status: n % 2 ? 'open' : 'closed',
      author: n % 2 ? 'Ada' : 'Grace',
      assigneeName: n % 2 ? 'Ada' : 'Grace',
      publicId: n % 2 ? 'a1b2c3d4e5f6' : 'f6e5d4c3b2a1',
      kind: n === 3 ? 'once' : 'often',
      type: n % 2 ? 'has spaces in it' : 'x',
    }));
    const properties = inferSchema(rows).properties ?? {};
    expect(properties['status']?.enum).toEqual(['closed', 'open']);
    for (const name of ['author', 'assigneeName', 'publicId', 'kind', 'type'])
      expect(properties[name]?.enum, name).toBeUndefined();
  });

  test('maps with ids as keys', () => {
    const schema = inferSchema([{ '101': { n: 1 }, '102': { n: 2, more: 'x' } }]);
    expect(schema).toEqual({
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: { n: { type: 'integer' }, more: { type: 'string' } },
        required: ['n'],
      },
    });
  });

  test('unlike things at one place are alternatives', () => {
    expect(inferSchema([{ v: { a: 1 } }, { v: [1] }, { v: null }]).properties?.['v']).toEqual({
      anyOf: [
        { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
        { type: 'array', items: { type: 'integer' } },
        { type: 'null' },
      ],
    });
  });

  test('keys that objects are born with do no harm', () => {
    const value = JSON.parse('{"__proto__":{"a":1},"constructor":1,"toString":"x"}') as unknown;
    expect(findMisfit(inferSchema([value, {}]), {})).toBeNull();
  });
});

test('repair gives way only where a value does not fit', () => {
  const schema = {
    type: 'object',
    required: ['gone', 'a'],
    properties: { a: { type: 'string', format: 'uuid' }, b: { type: 'string', enum: ['x'] }, c: { type: 'integer' } },
  };
  expect(
    repairSchema(schema, [
      { a: 'no', b: 'y' },
      { a: 'no', c: 'text' },
    ]),
  ).toEqual({
    type: 'object',
    required: ['a'],
    properties: {
      a: { type: 'string' },
      b: { type: 'string' },
      c: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
    },
  });
});

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const STRINGS = [
  '',
  'open',
  'closed',
  '2024-05-01',
  '2024-02-31',
  '2024-05-01T10:00:00Z',
  '2024-05-01T10:00:00',
  'a@example.test',
  'https://example.test/a b',
  '10.0.0.1',
  '0b8f5c1e-7f0a-4a43-9d6e-3d2f1b0c9a11',
  '\u0000',
  '\ud800',
  '999.1.1.1',
  '23:59:60',
];
const KEYS = ['id', 'status', 'type', 'name', '12', '13', '__proto__', 'items', 'a.b', 'é', 'constructor'];

function makeValue(next: () => number, depth: number): unknown {
  const pick = Math.floor(next() * (depth > 4 ? 6 : 9));
  if (pick === 0) return null;
  if (pick === 1) return next() > 0.5;
  if (pick === 2) return Math.floor(next() * 100);
  if (pick === 3) return next() * 1e9;
  if (pick < 6) return STRINGS[Math.floor(next() * STRINGS.length)];
  if (pick === 6) return many(Math.floor(next() * 5), () => makeValue(next, depth + 1));
  return Object.fromEntries(
    many(Math.floor(next() * 6), () => [KEYS[Math.floor(next() * KEYS.length)], makeValue(next, depth + 1)]),
  );
}

test('every recorded body validates against its schema, by an independent validator too', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const next = random(seed);
    const bodies = many(
      1 + Math.floor(next() * 12),
      () => JSON.parse(JSON.stringify(makeValue(next, 0) ?? null)) as unknown,
    );
    const schema = inferSchema(bodies);
    const ajv = new Ajv2020({ strict: false, allErrors: false });
    addFormats(ajv);
    const validate = ajv.compile(schema);
    for (const body of bodies) {
      expect(findMisfit(schema, body)).toBeNull();
      expect(validate(body), `seed ${seed}: ${JSON.stringify(validate.errors)} ${JSON.stringify(schema)}`).toBe(true);
    }
  }
});
