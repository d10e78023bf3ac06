import type { Exchange, Header } from '#shared/exchange.ts';
import { asScrubbed, type Scrubbed } from '../scrubbing/brand.ts';
import { product } from './shop-endpoints.ts';

const AT = '2026-11-20T10:00:00.000Z';

export function buildExchange(
  id: string,
  method: string,
  url: string,
  over: { requestBody?: unknown; body?: unknown; type?: string; status?: number; headers?: Header[] } = {},
): Exchange {
  const json = over.body === undefined ? undefined : JSON.stringify(over.body);
  const sent = over.requestBody === undefined ? undefined : JSON.stringify(over.requestBody);
  return {
    id,
    requestId: `r-${id}`,
    hop: 0,
    startedAt: AT,
    durationMs: 84,
    resourceType: over.type ?? 'fetch',
    documentUrl: 'https://shop.example/',
    frameId: null,
    initiator: { type: 'script' },
    request: {
      method,
      url,
      httpVersion: 'h2',
      headers: [['accept', 'application/json'], ['user-agent', 'Mozilla/5.0 Chrome/151.0'], ...(over.headers ?? [])],
      body: sent === undefined ? null : { mimeType: 'application/json', bytes: sent.length, text: sent },
    },
    response: {
      status: over.status ?? 200,
      statusText: 'OK',
      httpVersion: 'h2',
      headers: [['content-type', json === undefined ? 'text/html' : 'application/json']],
      mimeType: json === undefined ? 'text/html' : 'application/json',
      fromCache: null,
      body:
        json === undefined
          ? { mimeType: 'text/html', bytes: 0, lost: 'lost-navigation' }
          : { mimeType: 'application/json', bytes: json.length, text: json },
    },
    error: null,
    incomplete: null,
    redirectTo: null,
    preflightOf: null,
    serviceWorkerPair: null,
    action: null,
    messages: [],
  };
}

export function buildShopExchanges(origin = 'https://shop.example'): Scrubbed<Exchange[]> {
  const list = { items: [product], total: 48, page: 1 };
  const reviews = { reviews: [{ stars: 5, text: 'Warm light' }], next: 'c-20' };
  return asScrubbed([
    buildExchange('x1', 'GET', `${origin}/`, { type: 'document' }),
    buildExchange('x2', 'GET', `${origin}/api/products?page=1&limit=20`, { body: list }),
    buildExchange('x3', 'GET', `${origin}/api/products/p-1001`, { body: product }),
    buildExchange('x4', 'GET', `${origin}/api/products/p-1001/reviews`, { body: reviews }),
    buildExchange('x5', 'GET', `${origin}/api/products?page=2&limit=20`, { body: { ...list, page: 2 } }),
    buildExchange('x6', 'GET', `${origin}/api/search?q=lamp`, { body: list }),
    buildExchange('x7', 'POST', `${origin}/api/cart/items`, {
      requestBody: { productId: 'p-1001', quantity: 1 },
      body: { count: 1 },
      status: 201,
      headers: [
        ['cookie', 'sid={{cookie_1}}'],
        ['x-csrf-token', '{{csrf_1}}'],
      ],
    }),
  ]);
}
