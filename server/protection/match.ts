import type { evidencePlaceSchema } from '#shared/report.ts';
import { type Protection } from '#shared/report.ts';
import type { Exchange } from '#shared/exchange.ts';
import type { z } from 'zod';
import type { ValueShape } from '../pipeline/artifacts.ts';
import type { Raw } from '../scrubbing/brand.ts';
import { CATALOGUE, cookieSignals, countsOn, headerSignals, type Entry } from './catalogue.ts';
import { sentCookies, setCookies } from './cookies.ts';
import { matchUrl } from './read-urls.ts';
import { valueShapes } from './shapes.ts';
import type { Signal, Vendor } from './signature.ts';
import { VENDORS } from './signatures.ts';

export type ActiveKind = NonNullable<Signal['active']>;

/** One signal seen on one exchange; `name` is a header's, cookie's or the signal's own, never a value. */
export interface Hit {
  signal: Signal;
  place: z.infer<typeof evidencePlaceSchema>;
  name: string;
}

/** What one exchange says about one vendor. */
export interface Sighting {
  vendor: Vendor;
  hits: Hit[];
  /** Something in it makes a finding by itself (a signal that may, or a combination). */
  decisive: boolean;
  /** All that is decisive shows the delivery network only. */
  cdnOnly: boolean;
  active: ActiveKind | null;
  passed: boolean;
  /** Weights of the combinations that held. */
  combined: number[];
}

const EVIDENCE_PLACE: Readonly<Record<Signal['place'], Hit['place']>> = {
  cookie: 'set-cookie',
  'set-cookie': 'set-cookie',
  'request-cookie': 'request-cookie',
  'response-header': 'response-header',
  'request-header': 'request-header',
  url: 'url',
  'script-url': 'script-url',
  status: 'status',
  dom: 'dom',
  body: 'body',
};

const labelOf = (signal: Signal): string => ('label' in signal ? signal.label : signal.id);

function nameHits(exchange: Exchange, status: number | null): [Entry, Hit][] {
  const found: [Entry, Hit][] = [];
  const cookies = [
    { place: 'request-cookie', list: sentCookies(exchange.request.headers) },
    { place: 'set-cookie', list: setCookies(exchange.response?.headers ?? []) },
  ] as const;
  for (const { place, list } of cookies)
    for (const { name } of list)
      for (const entry of cookieSignals(name)) {
        const { signal } = entry;
        if (signal.value !== undefined || !countsOn(signal, status)) continue;
        if (signal.place === 'cookie' || signal.place === place) found.push([entry, { signal, place, name }]);
      }
  const headers = [
    { place: 'request-header', list: exchange.request.headers },
    { place: 'response-header', list: exchange.response?.headers ?? [] },
  ] as const;
  for (const { place, list } of headers)
    for (const [header] of list) {
      const name = header.toLowerCase();
      for (const entry of headerSignals(name)) {
        const { signal } = entry;
        if (signal.value === undefined && signal.place === place && countsOn(signal, status))
          found.push([entry, { signal, place, name }]);
      }
    }
  const urls = matchUrl({ url: exchange.request.url, script: exchange.resourceType === 'script', status });
  for (const entry of urls)
    found.push([
      entry,
      { signal: entry.signal, place: EVIDENCE_PLACE[entry.signal.place], name: labelOf(entry.signal) },
    ]);
  for (const entry of CATALOGUE.statuses)
    if (status !== null && countsOn(entry.signal, status))
      found.push([entry, { signal: entry.signal, place: 'status', name: String(status) }]);
  return found;
}

function shapeHits(shapes: readonly ValueShape[]): [Entry, Hit][] {
  return shapes.flatMap(({ place, name, shapes: ids }) =>
    ids.flatMap((id): [Entry, Hit][] => {
      const entry = CATALOGUE.byShape.get(id);
      if (entry === undefined) return [];
      const where = place === 'body' || place === 'url' ? EVIDENCE_PLACE[entry.signal.place] : place;
      return [[entry, { signal: entry.signal, place: where, name }]];
    }),
  );
}

function judge(vendor: Vendor, hits: Hit[]): Sighting {
  const ids = new Set(hits.map(({ signal }) => signal.id));
  const combinations = (vendor.combinations ?? []).filter(({ all }) => all.every((id) => ids.has(id)));
  const standing = hits.filter(({ signal }) => signal.alone !== false);
  const decisive = standing.length > 0 || combinations.length > 0;
  const active = [
    ...hits
      .filter(({ signal }) => signal.alone !== false || (decisive && ids.size > 1))
      .map(({ signal }) => signal.active),
    ...combinations.map((combination) => combination.active),
  ];
  const cdnOnly =
    decisive && standing.every(({ signal }) => signal.cdn === true) && combinations.every(({ cdn }) => cdn === true);
  return {
    vendor,
    hits,
    decisive,
    cdnOnly,
    active: (['captcha', 'block', 'challenge'] as const).find((kind) => active.includes(kind)) ?? null,
    passed: hits.some(({ signal }) => signal.passed === true),
    combined: combinations.map(({ weight }) => weight),
  };
}

/** Everything one exchange says, vendor by vendor. Works on replaced values: what needs a value comes in as `shapes`. */
export function matchExchange(exchange: Exchange, shapes: readonly ValueShape[]): Sighting[] {
  const status = exchange.response?.status ?? null;
  const byVendor = new Map<string, Map<string, Hit>>();
  for (const [{ vendor, shape }, hit] of [...nameHits(exchange, status), ...shapeHits(shapes)]) {
    const hits = byVendor.get(vendor.id) ?? new Map<string, Hit>();
    byVendor.set(vendor.id, hits.set(`${shape}\n${hit.place}\n${hit.name}`, hit));
  }
  return VENDORS.flatMap((vendor) => {
    const hits = byVendor.get(vendor.id);
    return hits === undefined ? [] : [judge(vendor, [...hits.values()])];
  });
}

/** The protection that made this response a challenge, block or CAPTCHA; null when none shows. */
export function findActive(
  exchange: Raw<Exchange>,
): { vendor: string; name: string; kind: ActiveKind; severity: Protection['severity']; evidence: string } | null {
  const sighting = matchExchange(exchange, valueShapes(exchange)).find(({ active }) => active !== null);
  if (sighting === undefined || sighting.active === null) return null;
  const hit = sighting.hits.find(({ signal }) => signal.active !== undefined) ?? sighting.hits[0];
  return {
    vendor: sighting.vendor.id,
    name: sighting.vendor.name,
    kind: sighting.active,
    severity: sighting.vendor.severity.active,
    evidence: hit === undefined ? '' : `${hit.place} ${hit.name}`,
  };
}
