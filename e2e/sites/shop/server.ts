import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type Exchange, readCookie, sendProblem, sendText } from './answer.ts';
import { answerApi } from './api.ts';
import { findProduct } from './catalogue.ts';
import { renderShell } from './page.ts';
import { drawProduct, LOGO } from './pictures.ts';
import { createVisitors, type Visitors } from './visitors.ts';

export interface Shop {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Every request in the order of arrival; `url` is path and query. */
  requests: { method: string; url: string }[];
  close(): Promise<void>;
}

const ASSETS: Readonly<Record<string, string>> = {
  '/assets/app.js': 'text/javascript; charset=utf-8',
  '/assets/style.css': 'text/css; charset=utf-8',
};
const ROBOTS = 'User-agent: *\nAllow: /\nDisallow: /cart\nDisallow: /api/cart\nDisallow: /api/me\n';
const YEAR_OF_PICTURES = { 'cache-control': 'public, max-age=86400' };
const SVG = 'image/svg+xml; charset=utf-8';

/**
 * Starts the sample shop on loopback. The same requests always give the same answers.
 * @throws the listen error when the port is taken
 */
export async function startShop({ port = 0 }: { port?: number } = {}): Promise<Shop> {
  const visitors = createVisitors();
  const requests: Shop['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '' });
    answer({ request, response }, visitors).catch(() => {
      if (response.headersSent) response.destroy();
      else sendProblem({ request, response }, 500, 'internal_error', 'The shop failed to answer.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    origin: `http://127.0.0.1:${bound}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(exchange: Exchange, visitors: Visitors): Promise<void> {
  const { request, response } = exchange;
  const url = URL.parse(request.url ?? '', 'http://shop.invalid');
  if (!url) return sendProblem(exchange, 400, 'invalid_url', 'This address cannot be read.');
  const path = url.pathname;
  if (path === '/collect') {
    request.resume();
    response.writeHead(204, { 'access-control-allow-origin': '*', 'cache-control': 'no-store' }).end();
    return;
  }
  if (path === '/robots.txt') return sendText(exchange, 200, 'text/plain; charset=utf-8', ROBOTS);
  if (path === '/img/logo.svg') return sendText(exchange, 200, SVG, LOGO, YEAR_OF_PICTURES);
  const asset = ASSETS[path];
  if (asset) {
    const text = await readFile(new URL(`./public/${path.slice('/assets/'.length)}`, import.meta.url), 'utf8');
    return sendText(exchange, 200, asset, text, { 'cache-control': 'no-cache' });
  }
  const picture = /^\/img\/products\/(\d+)\.svg$/.exec(path);
  if (picture) {
    const product = findProduct(Number(picture[1]));
    if (product) return sendText(exchange, 200, SVG, drawProduct(product), YEAR_OF_PICTURES);
  }
  const short = /^\/p\/(\d+)$/.exec(path);
  if (short) {
    response.writeHead(302, { location: `/products/${short[1]}`, 'content-length': 0 }).end();
    return;
  }

  const visitor = visitors.find(readCookie(request, 'sid')) ?? visitors.admit();
  if (readCookie(request, 'sid') !== visitor.sid) {
    response.setHeader('set-cookie', [
      `sid=${visitor.sid}; Path=/; HttpOnly; SameSite=Lax`,
      `csrf=${visitor.csrfToken}; Path=/; SameSite=Lax`,
    ]);
  }
  if (path.startsWith('/api/')) return answerApi({ ...exchange, url, visitor });
  const isPage = path === '/' || path === '/cart' || path === '/search' || /^\/products\/\d+$/.test(path);
  sendText(exchange, isPage ? 200 : 404, 'text/html; charset=utf-8', renderShell(visitor.csrfToken), {
    'cache-control': 'no-store',
  });
}
