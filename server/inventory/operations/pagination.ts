import { headerValue, type Exchange } from '#shared/exchange.ts';
import type { EndpointFacts } from '#shared/report.ts';
import { readAddress, readPairs, type Address } from '../address.ts';
import { requestType, type BodyReader } from '../body-reading.ts';
import { isRecord } from '../json-walk.ts';
import { roleOf } from './parameter-roles.ts';

type Pagination = NonNullable<EndpointFacts['pagination']>;
type Style = Pagination['style'];

interface PagedRequest {
  exchange: Exchange;
  address: Address;
}

const MAX_EVIDENCE = 5;
const SEARCHED = 20;

const styleOf = (name: string, value: unknown): Style | null => {
  const role = roleOf(name);
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  if (role === 'page' || role === 'offset') return /^\d+$/.test(text) ? role : null;
  if (role !== 'cursor') return null;
  return /^(?:before|after|next|since)/i.test(name) && /^\d{4}-\d{2}-\d{2}/.test(text) ? null : 'cursor';
};

/** Paging fields that a JSON request body holds at its top or among GraphQL variables. */
function* bodyFields(value: unknown): Generator<[string, unknown]> {
  if (!isRecord(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (isRecord(item) && /^(?:variables|params|page|paging|pagination|options|input)$/.test(key)) {
      for (const [inner, text] of Object.entries(item)) yield [`${key}.${inner}`, text];
    } else yield [key, item];
  }
}

function fromRequests(requests: readonly PagedRequest[], read: BodyReader): Pagination | null {
  const found = new Map<string, Pagination>();
  const note = (parameter: string, style: Style | null, id: string): void => {
    if (style === null) return;
    const known = found.get(parameter) ?? { style, parameter, evidence: [] };
    if (known.evidence.length < MAX_EVIDENCE) known.evidence.push(id);
    found.set(parameter, known);
  };
  for (const { exchange, address } of requests) {
    for (const [name, value] of address.query) note(name, styleOf(name, value), exchange.id);
    const form =
      requestType(exchange) === 'application/x-www-form-urlencoded' ? (exchange.request.body?.text ?? '') : '';
    for (const [name, value] of readPairs(form)) note(name, styleOf(name, value), exchange.id);
    for (const value of read(exchange.request.body)?.values ?? []) {
      for (const [name, item] of bodyFields(value))
        note(name, styleOf(name.split('.').at(-1) ?? name, item), exchange.id);
    }
  }
  const order: readonly Style[] = ['cursor', 'page', 'offset'];
  return [...found.values()].sort((a, b) => order.indexOf(a.style) - order.indexOf(b.style))[0] ?? null;
}

/** The parameter that the address of the next page changes. */
function fromNextUrl(url: string, style: 'link' | null, id: string, base: string): Pagination | null {
  const absolute = URL.canParse(url, base) ? new URL(url, base).href : null;
  const address = absolute === null ? null : readAddress(absolute);
  if (address === null) return null;
  for (const [name, value] of address.query) {
    const driven = styleOf(name, value);
    if (driven !== null) return { style: style ?? driven, parameter: name, evidence: [id] };
  }
  return { style: 'link', parameter: null, evidence: [id] };
}

const NEXT_KEY =
  /^(?:next|next_?(?:page_?token|cursor|token|page|link|url|href|marker)|nextPageToken|end_?cursor|continuation(?:_?token)?|@odata\.nextLink|\$skiptoken)$/i;

function findNext(value: unknown, depth: number): { key: string; next: string } | null {
  if (!isRecord(value) || depth > 4) return null;
  for (const [key, item] of Object.entries(value)) {
    if (!NEXT_KEY.test(key)) continue;
    if (typeof item === 'string' && item !== '') return { key, next: item };
    if (isRecord(item) && typeof item['href'] === 'string') return { key, next: item['href'] };
    if (isRecord(item) && typeof item['after'] === 'string') return { key: 'after', next: item['after'] };
  }
  for (const item of Object.values(value)) {
    const inner = findNext(item, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

function fromResponses(requests: readonly PagedRequest[], read: BodyReader): Pagination | null {
  for (const { exchange } of requests.slice(0, SEARCHED)) {
    const link = headerValue(exchange.response?.headers ?? [], 'link');
    const next = /<([^>]*)>\s*;[^,]*rel="?next"?/i.exec((link ?? '').slice(0, 8000))?.[1];
    if (next !== undefined) return fromNextUrl(next, 'link', exchange.id, exchange.request.url);
  }
  for (const { exchange } of requests.slice(0, SEARCHED)) {
    for (const value of read(exchange.response?.body)?.values ?? []) {
      const found = findNext(value, 0);
      if (found === null) continue;
      if (/^https?:\/\/|^\/|^\?/.test(found.next))
        return fromNextUrl(found.next, null, exchange.id, exchange.request.url);
      return { style: 'cursor', parameter: null, evidence: [exchange.id] };
    }
  }
  return null;
}

/** How a list goes on, and the parameter that drives it; null when nothing shows that it does. */
export function describePagination(requests: readonly PagedRequest[], read: BodyReader): EndpointFacts['pagination'] {
  return fromRequests(requests, read) ?? fromResponses(requests, read);
}
