import { expect, test } from 'vitest';
import { compareShapes, responseShape } from './response-shape.ts';

const compare = (a: unknown, b: unknown) => compareShapes(responseShape([a]), responseShape([b]));
const user = { name: 'x', city: 'y', role: 'z', score: 1, tags: [{ label: 'a' }] };

test('alike, different, and too little to say', () => {
  expect(compare(user, { ...user, name: 'other', nickname: null })).toBe('same');
  expect(compare(user, { sku: 1, price: 2, stock: 3, weight: 4 })).toBe('different');
  expect(compare({ data: [], meta: { page: 1 } }, { data: [], meta: { page: 2 } })).toBe('unknown');
  expect(compare({ id: 1 }, { id: 2 })).toBe('unknown');
  expect(compareShapes(null, responseShape([user]))).toBe('unknown');
});

test('things that say what they are and are not the same are not alike', () => {
  expect(compare({ ...user, type: 'member', a: 1, b: 2 }, { ...user, type: 'vendor', c: 1, d: 2 })).toBe('different');
  expect(compare({ ...user, type: 'member' }, { ...user, type: 'vendor' })).toBe('unknown');
});
