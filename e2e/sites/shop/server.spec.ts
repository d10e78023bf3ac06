import { gunzipSync } from 'node:zlib';
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Shop, startShop } from './server.ts';

const goodsSchema = z.looseObject({
  items: z.array(z.looseObject({ id: z.number(), name: z.string(), price: z.number() })),
  total: z.number(),
});
const reviewsSchema = z.object({
  items: z.array(z.looseObject({ id: z.uuid(), createdAt: z.iso.datetime() })),
  total: z.number(),
  averageRating: z.number().nullable(),
  nextCursor: z.string().nullable(),
});
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
});

afterAll(() => shop.close());

interface Visit {
  cookie: string;
  csrfToken: string;
}

async function enter(): Promise<Visit> {
  const response = await fetch(`${shop.origin}/`);
  const csrfToken = /name="csrf-token" content="([^"]+)"/.exec(await response.text())?.[1] ?? '';
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { cookie: cookie.join('; '), csrfToken };
}

async function read(path: string, visit?: Visit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${shop.origin}${path}`, visit ? { headers: { cookie: visit.cookie } } : {});
  return { status: response.status, body: await response.json() };
}

async function add(body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${shop.origin}/api/cart/items`, { method: 'POST', body, headers });
}

describe('pages', () => {
  test.each(['/', '/cart', '/search?q=lamp', '/products/1001'])('%s is the shop', async (path) => {
    const response = await fetch(`${shop.origin}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  test('an unknown page is 404, still with the shop around it', async () => {
    const response = await fetch(`${shop.origin}/nowhere`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Harbour Goods');
  });

  test('the short address leads to the product', async () => {
    const response = await fetch(`${shop.origin}/p/1003`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/products/1003']);
  });

  test.each([
    ['/assets/app.js', 'text/javascript'],
    ['/assets/style.css', 'text/css'],
    ['/img/logo.svg', 'image/svg+xml'],
    ['/img/products/1001.svg', 'image/svg+xml'],
    ['/robots.txt', 'text/plain'],
  ])('%s is %s', async (path, type) => {
    const response = await fetch(`${shop.origin}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect((await response.text()).length).toBeGreaterThan(10);
  });

  test('nothing outside the assets can be read', async () => {
    expect((await fetch(`${shop.origin}/assets/..%2Fserver.ts`)).status).toBe(404);
  });
});

describe('goods', () => {
  test('pages follow one another without gap or repeat', async () => {
    const ids: number[] = [];
    for (let page = 1; page <= 4; page++) {
      const { body } = await read(`/api/products?page=${page}&limit=12`);
      expect(body).toMatchObject({ page, limit: 12, total: 48, totalPages: 4 });
      ids.push(...goodsSchema.parse(body).items.map((item) => item.id));
    }
    expect(new Set(ids).size).toBe(48);
    expect(ids.every(Number.isInteger)).toBe(true);
    expect((await read('/api/products?page=5&limit=12')).body).toMatchObject({ items: [] });
  });

  test('a category narrows the list', async () => {
    const { body } = await read('/api/products?category=kitchen&limit=50');
    expect(body).toMatchObject({ total: 8 });
  });

  test('some have a discount, some have no rating', async () => {
    const { body } = await read('/api/products?limit=50');
    const { items } = goodsSchema.parse(body);
    expect(items.some((item) => 'discount' in item)).toBe(true);
    expect(items.some((item) => !('discount' in item))).toBe(true);
    expect(items.some((item) => item['rating'] === null)).toBe(true);
    expect(items.some((item) => item['inStock'] === false)).toBe(true);
  });

  test('search finds by words and sorts by price', async () => {
    const { body } = await read('/api/products/search?q=LAMP&sort=price');
    const { items } = goodsSchema.parse(body);
    expect(items.length).toBeGreaterThan(3);
    expect(items.every((item) => /lamp/i.test(item.name))).toBe(true);
    expect(items.map((item) => item.price)).toEqual(items.map((item) => item.price).sort((a, b) => a - b));
    expect((await read('/api/products/search?q=submarine')).body).toMatchObject({ total: 0, items: [] });
  });

  test('one product has everything the list has and more', async () => {
    const listed = goodsSchema.parse((await read('/api/products?limit=1')).body).items[0];
    const { body } = await read('/api/products/1001');
    expect(body).toMatchObject({ ...listed, sku: 'HG-LIG-1001' });
    expect(body).toHaveProperty('related.length', 4);
  });

  test.each([
    ['/api/products/9999', 404],
    ['/api/products/lamp', 404],
    ['/api/products/9999/reviews', 404],
    ['/api/nothing', 404],
    ['/api/products?page=0', 400],
    ['/api/products?limit=51', 400],
    ['/api/products/search?q=', 400],
    ['/api/products/search?q=a&sort=colour', 400],
    ['/api/products/1001/reviews?cursor=AAAA', 400],
  ])('%s is %d with a reason in JSON', async (path, status) => {
    const answer = await read(path);
    expect(answer.status).toBe(status);
    expect(errorSchema.safeParse(answer.body).success).toBe(true);
  });

  test('the wrong method is told which one is right', async () => {
    const response = await fetch(`${shop.origin}/api/products`, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

test('reviews are read to the end by cursor, each once, with uuids and dates', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  let total: number;
  do {
    const at: string = cursor === null ? '' : `cursor=${cursor}&`;
    const answer = await read(`/api/products/1001/reviews?${at}limit=5`);
    const reviews = reviewsSchema.parse(answer.body);
    seen.push(...reviews.items.map((review) => review.id));
    total = reviews.total;
    cursor = reviews.nextCursor;
  } while (cursor !== null);
  expect(total).toBeGreaterThan(5);
  expect(seen).toHaveLength(total);
  expect(new Set(seen).size).toBe(total);
});

describe('cart', () => {
  test('belongs to the session cookie, which scripts cannot read', async () => {
    const response = await fetch(`${shop.origin}/`);
    const sid = response.headers.getSetCookie().find((line) => line.startsWith('sid='));
    expect(sid).toMatch(/HttpOnly/);
    const [one, other] = [await enter(), await enter()];
    const item = { 'x-csrf-token': one.csrfToken, cookie: one.cookie };
    const added = await add('{"productId":1001,"quantity":2}', item);
    expect(added.status).toBe(201);
    expect(await added.json()).toMatchObject({ item: { productId: 1001, quantity: 2 }, itemCount: 2, subtotal: 256 });
    expect((await read('/api/cart', one)).body).toMatchObject({ itemCount: 2, subtotal: 256 });
    expect((await read('/api/cart', other)).body).toMatchObject({ itemCount: 0, items: [], updatedAt: null });
  });

  test('charges the reduced price that the page shows', async () => {
    const visit = await enter();
    const priceSchema = z.looseObject({ price: z.number(), discount: z.object({ listPrice: z.number() }).loose() });
    const { price, discount } = priceSchema.parse((await read('/api/products/1005')).body);
    expect(price).toBeLessThan(discount.listPrice);
    const added = await add('{"productId":1005,"quantity":1}', {
      'x-csrf-token': visit.csrfToken,
      cookie: visit.cookie,
    });
    expect(await added.json()).toMatchObject({ subtotal: price });
  });

  test('refuses what is not from its page or not an item', async () => {
    const visit = await enter();
    const headers = { 'x-csrf-token': visit.csrfToken, cookie: visit.cookie };
    const statuses = [
      await add('{"productId":1001,"quantity":1}', { cookie: visit.cookie }),
      await add('{"productId":1001,', headers),
      await add('{"productId":1001,"quantity":0}', headers),
      await add('[]', headers),
      await add('{"productId":9999,"quantity":1}', headers),
      await add(`"${'x'.repeat(70_000)}"`, headers),
    ].map((response) => response.status);
    expect(statuses).toEqual([403, 400, 422, 422, 404, 400]);
    expect((await read('/api/cart', visit)).body).toMatchObject({ itemCount: 0 });
  });

  test('the visitor has an e-mail address of their own', async () => {
    const { body } = await read('/api/me', await enter());
    const email = z.object({ email: z.email(), phone: z.null() }).loose().parse(body).email;
    expect(email).toMatch(/^visitor-[\w-]+@harbour-goods\.example$/);
  });
});

test('categories are not sent again to a client that has them', async () => {
  const first = await fetch(`${shop.origin}/api/categories`);
  const etag = first.headers.get('etag') ?? '';
  const second = await fetch(`${shop.origin}/api/categories`, { headers: { 'if-none-match': etag } });
  expect([first.status, second.status, await second.text()]).toEqual([200, 304, '']);
});

test('long JSON is compressed, short JSON is not', async () => {
  const raw = (path: string): Promise<{ encoding: string | undefined; body: Buffer }> =>
    new Promise((resolve, reject) => {
      get(`${shop.origin}${path}`, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) });
        });
      }).on('error', reject);
    });
  const list = await raw('/api/products');
  expect(list.encoding).toBe('gzip');
  expect(JSON.parse(gunzipSync(list.body).toString())).toHaveProperty('items');
  expect((await raw('/api/products/9999')).encoding).toBeUndefined();
});

test('the beacon takes anything and every request is noted', async () => {
  const before = shop.requests.length;
  const response = await fetch(`${shop.origin}/collect?v=2`, { method: 'POST', body: '{"event":"x"}' });
  expect(response.status).toBe(204);
  expect(shop.requests.slice(before)).toEqual([{ method: 'POST', url: '/collect?v=2' }]);
});

test('two runs of the shop give the same answers', async () => {
  const again = await startShop();
  try {
    for (const path of ['/api/products?limit=50', '/api/products/1007', '/api/products/1001/reviews']) {
      const [one, two] = await Promise.all([fetch(shop.origin + path), fetch(again.origin + path)]);
      expect(await two.text()).toBe(await one.text());
    }
  } finally {
    await again.close();
  }
});

test('a taken port is said, not waited for', async () => {
  await expect(startShop({ port: Number(new URL(shop.origin).port) })).rejects.toThrow(/EADDRINUSE/);
});
