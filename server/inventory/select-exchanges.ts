import { headerValue, type Exchange } from '#shared/exchange.ts';
import type { Inventory } from '#shared/report.ts';
import { readAddress, type Address } from './address.ts';
import { isJsonType, isXmlType, requestType, responseType, type BodyReader } from './body-reading.ts';
import { decideParties, type Parties, type PartyRow } from './parties.ts';

export interface Selected {
  exchange: Exchange;
  address: Address;
  party: 'first' | 'third';
  document: boolean;
}

interface Selection {
  selected: Selected[];
  parties: Parties;
  leftOut: Inventory['leftOut'];
  thirdParties: Inventory['thirdParties'];
}

const REASONS = {
  address: 'Not a network request',
  preflight: 'CORS preflight',
  pair: 'Seen a second time behind the service worker',
  redirect: 'Redirect without content',
  asset: 'Static asset',
  beacon: 'Beacon or analytics',
  tunnel: 'Proxy or trace request',
  thirdParty: 'Third party',
} as const;

const ASSET_TYPES = new Set([
  'script',
  'stylesheet',
  'image',
  'font',
  'media',
  'texttrack',
  'manifest',
  'favicon',
  'prefetch-asset',
  'imageset',
]);
const BEACON_TYPES = new Set(['ping', 'beacon', 'cspviolationreport', 'csp_report', 'csp-violation-report']);
const ASSET_MEDIA =
  /^(?:image|font|audio|video)\/|^text\/css$|javascript$|^application\/(?:x-)?font|^application\/(?:vnd\.ms-fontobject|wasm|vnd\.apple\.mpegurl|dash\+xml|manifest\+json)$|opensearchdescription/;
const ASSET_ENDING =
  /\.(?:js|mjs|css|map|png|jpe?g|gif|webp|avif|svg|ico|bmp|woff2?|ttf|otf|eot|mp4|webm|mp3|m4a|wav|ogg|m3u8|ts|m4s|wasm|webmanifest)$/i;
const BEACON_PATH =
  /(?:^|[/_.-])(?:collect|beacons?|pixel|track(?:ing)?|telemetry|analytics|rum|csp-?report|csp|metrics|impressions?|client-?events|error-?log|1x1|page-?view)(?:[/_.-]|$)/i;
const API_HOST =
  /(?:^|[.-])(?:api|apis|graphql|gql|rest|search|gateway|backend|services?|data|rpc|ws|auth|login|accounts?|id)(?:[.-]|\d|$)/i;
const API_PATH = /(?:^|\/)(?:api|apis|graphql|gql|rest|rpc|v\d+(?:\.\d+)?|odata|oauth2?|indexes|_api|wp-json)(?:\/|$)/i;

const pathOf = (address: Address): string => address.segments.join('/');

/** Types that HARs of bare API traffic do not know. */
const isUntyped = (type: string): boolean => type === '' || type === 'other' || type === 'xhr' || type === 'fetch';

function isAsset(exchange: Exchange, address: Address, type: string): boolean {
  if (ASSET_TYPES.has(exchange.resourceType)) return !(isJsonType(type) && exchange.resourceType !== 'manifest');
  if (!isUntyped(exchange.resourceType) || (exchange.request.method !== 'GET' && exchange.request.method !== 'HEAD'))
    return false;
  const ending = ASSET_ENDING.test(address.segments.at(-1) ?? '');
  if (isJsonType(type) || isXmlType(type))
    return ending && type !== '' && /\.(?:map|webmanifest|svg)$/i.test(address.segments.at(-1) ?? '');
  return ASSET_MEDIA.test(type) || (ending && !/^text\/html$/.test(type));
}

const isStream = (exchange: Exchange, type: string): boolean =>
  exchange.resourceType === 'websocket' ||
  exchange.resourceType === 'eventsource' ||
  type === 'text/event-stream' ||
  /^wss?:/.test(exchange.request.url);

function isDocument(exchange: Exchange, type: string): boolean {
  if (exchange.resourceType === 'document') return !isJsonType(type) && !isXmlType(type);
  const html = type === 'text/html' || type === 'application/xhtml+xml';
  if (
    !html ||
    exchange.request.method !== 'GET' ||
    exchange.resourceType === 'xhr' ||
    exchange.resourceType === 'fetch'
  )
    return false;
  return (headerValue(exchange.request.headers, 'sec-fetch-dest') ?? 'document') === 'document';
}

/** Why an exchange is no endpoint whatever host it went to; null when it may be one. */
function structuralReason(exchange: Exchange, address: Address, type: string): string | null {
  const { method, headers } = exchange.request;
  if (method === 'CONNECT' || method === 'TRACE') return REASONS.tunnel;
  if (exchange.preflightOf !== null || exchange.resourceType === 'preflight') return REASONS.preflight;
  if (method === 'OPTIONS') return REASONS.preflight;
  const status = exchange.response?.status ?? 0;
  const away = status >= 300 && status < 400 && status !== 304;
  if (
    away &&
    (exchange.redirectTo !== null || exchange.response?.headers.some(([name]) => name.toLowerCase() === 'location'))
  ) {
    if (!isJsonType(type)) return REASONS.redirect;
  }
  if (isStream(exchange, type)) return null;
  if (isAsset(exchange, address, type)) return REASONS.asset;
  if (BEACON_TYPES.has(exchange.resourceType)) return REASONS.beacon;
  const empty = (exchange.response?.body?.bytes ?? 0) === 0 && (exchange.response?.body?.text ?? '') === '';
  if (empty && BEACON_PATH.test(pathOf(address)) && headerValue(headers, 'authorization') === undefined)
    return REASONS.beacon;
  return null;
}

function looksLikeApi(exchange: Exchange, type: string): boolean {
  if (isStream(exchange, type) || isJsonType(type) || isXmlType(type) || type.startsWith('application/grpc'))
    return true;
  return isJsonType(requestType(exchange));
}

/** A foreign host that may hold data the site shows: not a tracker, an API by its address or by what it was sent. */
function isForeignApi({ exchange, address, api }: PartyRow, parties: Parties, pages: boolean): boolean {
  if (!api || parties.isTracker(address.host) || BEACON_PATH.test(`${address.host}/${pathOf(address)}`)) return false;
  if (!pages) return true;
  if (exchange.resourceType === 'document' || exchange.response === null || exchange.response.status === 204)
    return false;
  if (headerValue(exchange.request.headers, 'authorization') !== undefined) return true;
  return parties.companyOf(address.host).category !== 'unknown'
    ? API_PATH.test(pathOf(address))
    : API_HOST.test(address.host) || API_PATH.test(pathOf(address));
}

function createLeftOut(): { add: (reason: string, id: string) => void; list: () => Inventory['leftOut'] } {
  const items = new Map<string, string[]>();
  return {
    add: (reason, id) => {
      const ids = items.get(reason);
      if (ids === undefined) items.set(reason, [id]);
      else ids.push(id);
    },
    list: () => [...items].map(([reason, ids]) => ({ reason, count: ids.length, items: ids })),
  };
}

const hasBody = (exchange: Exchange): boolean => exchange.response?.body?.text !== undefined;

/** Of two copies of one request the one with a body stays, else the first. */
function isDuplicate(
  exchange: Exchange,
  byId: ReadonlyMap<string, Exchange>,
  order: ReadonlyMap<string, number>,
): boolean {
  const pair = exchange.serviceWorkerPair === null ? undefined : byId.get(exchange.serviceWorkerPair);
  if (pair === undefined || pair === exchange) return false;
  if (hasBody(exchange) !== hasBody(pair)) return !hasBody(exchange);
  return (order.get(exchange.id) ?? 0) > (order.get(pair.id) ?? 0);
}

/** Tells the requests that are endpoints from the rest; every request is in exactly one of the two lists. */
export function selectExchanges(exchanges: readonly Exchange[], targetUrl: string, read: BodyReader): Selection {
  const leftOut = createLeftOut();
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const order = new Map(exchanges.map((exchange, at) => [exchange.id, at]));
  const network: (PartyRow & { reason: string | null; type: string })[] = [];
  for (const exchange of exchanges) {
    const address = readAddress(exchange.request.url);
    if (address === null) {
      leftOut.add(REASONS.address, exchange.id);
      continue;
    }
    const type = responseType(exchange) || (read(exchange.response?.body) === undefined ? '' : 'application/json');
    const reason = isDuplicate(exchange, byId, order) ? REASONS.pair : structuralReason(exchange, address, type);
    network.push({
      exchange,
      address,
      type,
      reason,
      candidate: reason === null,
      api: reason === null && looksLikeApi(exchange, type),
    });
  }
  const parties = decideParties(network, targetUrl);
  const pages = network.some(({ exchange, type }) => exchange.resourceType === 'document' && type === 'text/html');
  const selected: Selected[] = [];
  const foreign = new Map<string, number>();
  for (const row of network) {
    const { exchange, address, type, reason } = row;
    const first = parties.isFirst(address.host);
    if (!first) foreign.set(address.host, (foreign.get(address.host) ?? 0) + 1);
    if (!first && !(reason === null && isForeignApi(row, parties, pages))) {
      const category = parties.companyOf(address.host).category;
      leftOut.add(
        reason === null || reason === REASONS.beacon || reason === REASONS.asset
          ? `${REASONS.thirdParty} (${category})`
          : reason,
        exchange.id,
      );
    } else if (reason !== null) leftOut.add(reason, exchange.id);
    else selected.push({ exchange, address, party: first ? 'first' : 'third', document: isDocument(exchange, type) });
  }
  const thirdParties = [...foreign]
    .map(([host, requests]) => ({ host, ...parties.companyOf(host), requests }))
    .sort((a, b) => b.requests - a.requests || (a.host < b.host ? -1 : 1));
  return { selected, parties, leftOut: leftOut.list(), thirdParties };
}
