import { expect, test } from 'vitest';
import type { Exchange } from '#shared/exchange.ts';
import { buildInventory } from '../build-inventory.ts';
import { makeExchanges, type Sketch } from '../make-exchange.ts';

function random(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const RESOURCES =
  'products orders invoices shipments parcels lorries kettles turbines beacons harbours pilots cohorts ledgers quilts saddles tickets vineyards orchards merge-requests price_lists costCentres work-items'.split(
    ' ',
  );
const SUBS = 'comments labels watchers prices revisions attachments approvals sensors alerts lineItems'.split(' ');
const LITERALS = 'search export me current stats recent bulk count'.split(' ');
const VERBS = 'cancel approve duplicate restore publish'.split(' ');
const BASES = ['/api/v1', '/rest/api/2', '/v2.1', '/en-US/api', '/svc/v3beta'];
const SYLLABLES = 'ba ke lo mi nu ra se ti vo wa zen dor lin mar pel'.split(' ');

function makeIds(next: () => number): Record<string, () => string> {
  const pick = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)] ?? '').join('');
  const hex = (length: number): string => pick('0123456789abcdef', length);
  const word = (): string =>
    Array.from({ length: 3 }, () => SYLLABLES[Math.floor(next() * SYLLABLES.length)] ?? '').join('');
  return {
    int: () => String(1 + Math.floor(next() * 99_999)),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    object: () => `5${hex(11)}7${hex(11)}`,
    hash: () => `a1${hex(38)}`,
    base62: () => `A7x${pick('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789', 19)}`,
    prefixed: () =>
      `obj_${pick('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz', 6)}4${pick('abcdef0123456789', 7)}`,
    ulid: () => `01${pick('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 24)}`,
    slugged: () => `${word()}-${word()}-${10_000 + Math.floor(next() * 80_000)}`,
    email: () => `${word()}%40${word()}.test`,
    name: word,
    slug: () => `${word()}-${word()}`,
  };
}

interface Truth {
  template: string;
  sketches: Sketch[];
}

function makeRoutes(seed: number): Truth[] {
  const next = random(seed);
  const ids = makeIds(next);
  const routes = new Map<string, Truth>();
  const host = 'https://api.made.test';
  const base = BASES[seed % BASES.length] ?? '';
  const kinds = Object.keys(ids);
  const choose = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const add = (template: string, path: string, answer: unknown, method = 'GET'): void => {
    const route = routes.get(template) ?? { template, sketches: [] };
    route.sketches.push({ method, url: `${host}${path}`, answer });
    routes.set(template, route);
  };
  for (const resource of RESOURCES) {
    const kind = choose(kinds);
    const list = Array.from({ length: 2 + Math.floor(next() * 4) }, () => ids[kind]?.() ?? '1');
    const row = (id: string): unknown => ({
      id: decodeURIComponent(id),
      [`${resource}Size`]: 1,
      owner: 'x',
      made: '2024-05-01',
      weight: 2.5,
    });
    const root = `${base}/${resource}`;
    add(root, root, { items: list.map(row) });
    for (const id of list) add(`${root}/{}`, `${root}/${id}`, row(id));
    for (let n = 0; n < 3; n++) {
      const sub = choose(SUBS);
      const inner = list.map(() => ids[choose(['int', 'uuid', 'base62'])]?.() ?? '1');
      list.forEach((id, at) => {
        add(`${root}/{}/${sub}`, `${root}/${id}/${sub}`, { [sub]: [{ id: inner[at], text: 'a' }] });
        add(`${root}/{}/${sub}/{}`, `${root}/${id}/${sub}/${inner[at] ?? ''}`, { id: inner[at], text: 'a' });
      });
    }
    const literal = choose(LITERALS);
    add(`${root}/${literal}`, `${root}/${literal}`, { [literal]: 1 });
    const verb = choose(VERBS);
    add(`${root}/{}/${verb}`, `${root}/${list[0] ?? ''}/${verb}`, { done: true }, 'POST');
  }
  return [...routes.values()];
}

const shapeOf = (template: string): string => template.replace(/\{[^}]*\}/g, '{}');

function f1(truth: readonly Truth[]): number {
  const exchanges: Exchange[] = makeExchanges(truth.flatMap(({ sketches }) => sketches));
  const found = new Set(
    buildInventory(exchanges, { targetUrl: 'https://api.made.test' }).endpoints.map(({ template }) =>
      shapeOf(template),
    ),
  );
  const wanted = new Set(truth.map(({ template }) => template));
  const exact = [...found].filter((template) => wanted.has(template)).length;
  return (2 * exact) / (found.size + wanted.size);
}

test('the routes of ten made-up APIs are found again', () => {
  const scores = Array.from({ length: 10 }, (_, seed) => {
    const routes = makeRoutes(seed + 1);
    expect(routes.length).toBeGreaterThan(180);
    return f1(routes);
  });
  expect(Math.min(...scores)).toBeGreaterThanOrEqual(0.97);
});
