import { headerValue, type Exchange, type Reduction } from '#shared/exchange.ts';
import { readEntry } from './har-entry.ts';
import { readHarText } from './har-text.ts';
import { looseOf, textOf } from './loose.ts';

const ITEMS_KEPT = 1000;
const NO_TIME = '1970-01-01T00:00:00.000Z';

function pageAddresses(pages: readonly unknown[]): Map<string, string> {
  const addresses = new Map<string, string>();
  for (const value of pages) {
    const page = looseOf(value);
    const [id, title] = [textOf(page['id']), textOf(page['title'])];
    if (id !== undefined && title !== undefined && /^https?:\/\//.test(title)) addresses.set(id, title);
  }
  return addresses;
}

function resolve(location: string, base: string): string | null {
  try {
    return new URL(location, base).href;
  } catch {
    return null;
  }
}

const withoutFragment = (url: string): string => url.split('#')[0] ?? url;

/** Ties a redirect to the request it led to, and a preflight to the request it asked for. */
function linkExchanges(exchanges: readonly Exchange[]): void {
  const redirects = new Map<string, Exchange>();
  const preflights = new Map<string, Exchange>();
  for (const exchange of exchanges) {
    const url = withoutFragment(exchange.request.url);
    if (exchange.resourceType === 'preflight') {
      preflights.set(
        `${headerValue(exchange.request.headers, 'access-control-request-method') ?? ''} ${url}`,
        exchange,
      );
      continue;
    }
    const preflight = preflights.get(`${exchange.request.method} ${url}`);
    if (preflight !== undefined) {
      preflight.preflightOf = exchange.id;
      preflights.delete(`${exchange.request.method} ${url}`);
    }
    const from = redirects.get(url);
    if (from !== undefined) {
      from.redirectTo = exchange.id;
      redirects.delete(url);
    }
    const status = exchange.response?.status ?? 0;
    const location =
      status >= 300 && status < 400 ? headerValue(exchange.response?.headers ?? [], 'location') : undefined;
    const target = location === undefined ? null : resolve(location, exchange.request.url);
    if (target !== null) redirects.set(withoutFragment(target), exchange);
  }
}

/**
 * Turns the text of a HAR file into exchanges in order of start, `x<n>` by the index of the entry. Every entry is kept or
 * counted under the reason why not.
 *
 * @throws AppError `INVALID_BODY` when the text is no HAR.
 */
export function importHar(text: string): Reduction {
  const { entries, pages, cut } = readHarText(text);
  const addresses = pageAddresses(pages);
  const leftOut = new Map<string, string[]>();
  const exchanges: Exchange[] = [];
  let fallbackStart = NO_TIME;
  entries.forEach((entry, index) => {
    const outcome = readEntry(entry, { index, pages: addresses, fallbackStart });
    if ('reason' in outcome) {
      const items = leftOut.get(outcome.reason);
      if (items === undefined) leftOut.set(outcome.reason, [`x${index}`]);
      else items.push(`x${index}`);
      return;
    }
    fallbackStart = outcome.exchange.startedAt;
    exchanges.push(outcome.exchange);
  });
  exchanges.sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
  linkExchanges(exchanges);
  const unread = cut ?? 0;
  const lost = unread === 0 ? [] : [{ reason: 'the file is cut off or damaged here', count: unread, items: [] }];
  return {
    targetUrl: null,
    startedAt: exchanges[0]?.startedAt ?? null,
    exchanges,
    actions: [],
    gaps: cut === null ? [] : [{ reason: 'the file is cut off or damaged', count: unread }],
    browserRequests: null,
    conversion: {
      entries: entries.length + unread,
      kept: exchanges.length,
      leftOut: [
        ...[...leftOut].map(([reason, items]) => ({ reason, count: items.length, items: items.slice(0, ITEMS_KEPT) })),
        ...lost,
      ],
    },
  };
}
