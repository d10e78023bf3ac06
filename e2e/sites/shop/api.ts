import { z } from 'zod';
import { type Exchange, readJson, sendJson, sendProblem, sendTagged } from './answer.ts';
import {
  CATEGORIES,
  findProduct,
  findReviews,
  PRODUCTS,
  searchProducts,
  SORT_ORDERS,
  type ProductDetail,
} from './catalogue.ts';
import { describeCart, describeVisitor, type Visitor } from './visitors.ts';

const LIMIT = 50;

export interface ApiCall extends Exchange {
  url: URL;
  visitor: Visitor;
}

type Handler = (call: ApiCall, id: string) => void | Promise<void>;

interface Route {
  method: 'GET' | 'POST';
  path: RegExp;
  handle: Handler;
}

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/api\/products$/, handle: listProducts },
  { method: 'GET', path: /^\/api\/products\/search$/, handle: search },
  {
    method: 'GET',
    path: /^\/api\/products\/([^/]+)$/,
    handle: ofProduct((call, product) => sendJson(call, 200, product)),
  },
  { method: 'GET', path: /^\/api\/products\/([^/]+)\/reviews$/, handle: ofProduct(listReviews) },
  { method: 'GET', path: /^\/api\/categories$/, handle: (call) => sendTagged(call, { items: CATEGORIES }) },
  { method: 'GET', path: /^\/api\/me$/, handle: (call) => sendJson(call, 200, describeVisitor(call.visitor)) },
  { method: 'GET', path: /^\/api\/cart$/, handle: (call) => sendJson(call, 200, describeCart(call.visitor)) },
  { method: 'POST', path: /^\/api\/cart\/items$/, handle: addToCart },
];

const cartItemSchema = z.object({ productId: z.number().int(), quantity: z.number().int().min(1).max(20) });

/** Answers everything under `/api/`. */
export async function answerApi(call: ApiCall): Promise<void> {
  const matching = ROUTES.filter((route) => route.path.test(call.url.pathname));
  const asked = call.request.method === 'HEAD' ? 'GET' : call.request.method;
  const route = matching.find(({ method }) => method === asked);
  if (route) return route.handle(call, route.path.exec(call.url.pathname)?.[1] ?? '');
  if (matching.length === 0) return sendProblem(call, 404, 'not_found', 'There is no such resource.');
  sendProblem(call, 405, 'method_not_allowed', `${call.request.method} is not possible here.`, {
    allow: [...new Set(matching.map(({ method }) => method))].join(', '),
  });
}

function ofProduct(handle: (call: ApiCall, product: ProductDetail) => void): Handler {
  return (call, id) => {
    const product = /^\d+$/.test(id) ? findProduct(Number(id)) : undefined;
    if (product) handle(call, product);
    else sendNoProduct(call);
  };
}

function sendNoProduct(call: ApiCall): void {
  sendProblem(call, 404, 'product_not_found', 'There is no product with this id.');
}

/** A whole number of the query within bounds; null when it is something else. */
function readNumber(url: URL, name: string, fallback: number, max: number): number | null {
  const text = url.searchParams.get(name);
  if (text === null) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= max ? value : null;
}

function listProducts(call: ApiCall): void {
  const page = readNumber(call.url, 'page', 1, 10_000);
  const limit = readNumber(call.url, 'limit', 12, LIMIT);
  if (page === null || limit === null) {
    return sendProblem(call, 400, 'invalid_query', `page starts at 1, limit is at most ${LIMIT}.`);
  }
  const category = call.url.searchParams.get('category');
  const found = category === null ? PRODUCTS : PRODUCTS.filter((product) => product.category === category);
  const items = found.slice((page - 1) * limit, page * limit);
  sendJson(call, 200, { items, page, limit, total: found.length, totalPages: Math.ceil(found.length / limit) });
}

function search(call: ApiCall): void {
  const query = call.url.searchParams.get('q')?.trim() ?? '';
  const sort = SORT_ORDERS.find((order) => order === (call.url.searchParams.get('sort') ?? 'relevance'));
  if (query === '' || !sort) {
    return sendProblem(call, 400, 'invalid_query', `q is needed; sort is one of ${SORT_ORDERS.join(', ')}.`);
  }
  const items = searchProducts(query, sort);
  sendJson(call, 200, { query, sort, total: items.length, items });
}

function listReviews(call: ApiCall, product: ProductDetail): void {
  const limit = readNumber(call.url, 'limit', 5, LIMIT);
  const cursor = call.url.searchParams.get('cursor');
  const offset = cursor === null ? 0 : readCursor(cursor, product.id);
  if (limit === null || offset === null) {
    return sendProblem(call, 400, 'invalid_query', `cursor must come from an answer, limit is at most ${LIMIT}.`);
  }
  const reviews = findReviews(product.id);
  const next = offset + limit;
  sendJson(call, 200, {
    items: reviews.slice(offset, next),
    total: reviews.length,
    averageRating: product.rating,
    nextCursor: next < reviews.length ? writeCursor(product.id, next) : null,
  });
}

function writeCursor(productId: number, offset: number): string {
  return Buffer.from(JSON.stringify({ p: productId, o: offset })).toString('base64url');
}

function readCursor(cursor: string, productId: number): number | null {
  const match = /^\{"p":(\d+),"o":(\d+)\}$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match && Number(match[1]) === productId ? Number(match[2]) : null;
}

async function addToCart(call: ApiCall): Promise<void> {
  if (call.request.headers['x-csrf-token'] !== call.visitor.csrfToken) {
    return sendProblem(call, 403, 'csrf_mismatch', 'The token of the page is missing or out of date.');
  }
  const body = await readJson(call.request);
  if (body === undefined) return sendProblem(call, 400, 'invalid_json', 'The body is no JSON, or too long.');
  const item = cartItemSchema.safeParse(body);
  if (!item.success) {
    return sendProblem(call, 422, 'invalid_item', 'productId is a number, quantity a whole number from 1 to 20.');
  }
  const { productId, quantity } = item.data;
  if (!findProduct(productId)) return sendNoProduct(call);
  const { visitor } = call;
  visitor.cart.set(productId, (visitor.cart.get(productId) ?? 0) + quantity);
  visitor.changes += 1;
  const { items, itemCount, subtotal } = describeCart(visitor);
  const line = items.find((each) => each.productId === productId);
  sendJson(call, 201, { item: line, itemCount, subtotal }, { location: '/api/cart' });
}
