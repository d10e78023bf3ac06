import { getDomain } from 'tldts';
import type { Exchange } from '#shared/exchange.ts';
import { headerValue } from '#shared/exchange.ts';
import type { Protection } from '#shared/report.ts';
import type { ValueShape } from '../pipeline/artifacts.ts';
import { matchExchange, type Sighting } from './match.ts';

const MAX_EVIDENCE = 12;
const MAX_PER_NAME = 2;

type Seen = Sighting & { exchange: Exchange };

const siteOf = (url: string | null | undefined): string | null => {
  if (url === null || url === undefined || !URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return getDomain(hostname) ?? hostname;
};

/** Whether the target's own site answered or asked for this: by the request's host, else by the page that made it. */
function isFirstParty(exchange: Exchange, site: string | null): boolean {
  if (site === null) return true;
  const own = siteOf(exchange.request.url);
  if (own === site) return true;
  const document = siteOf(exchange.documentUrl);
  const asker =
    (document === own ? null : document) ??
    siteOf(exchange.initiator.url) ??
    siteOf(headerValue(exchange.request.headers, 'referer'));
  return asker === site;
}

/** Cookies and headers belong to the host that answered; a vendor's own script belongs to the page that loads it. */
function scopeOf(seen: Seen, site: string | null): Protection['scope'] {
  const owned = siteOf(seen.exchange.request.url) === site || site === null;
  if (owned) return 'first-party';
  const byPage = seen.hits.some(
    ({ place, signal }) => place === 'url' || place === 'script-url' || signal.active !== undefined,
  );
  return byPage && isFirstParty(seen.exchange, site) ? 'first-party' : 'third-party';
}

const confidence = (weights: readonly number[]): number =>
  Math.round(Math.min(0.99, 1 - weights.reduce((rest, weight) => rest * (1 - weight / 100), 1)) * 100) / 100;

/** The strongest weight of each sign; two patterns that look at the same cookie are one sign. */
function signWeights(seen: readonly Seen[], withCdn: boolean): number[] {
  const signs = new Map<string, string>();
  const weights = new Map<string, number>();
  for (const { hits } of seen)
    for (const { signal, place, name } of hits) {
      if (signal.cdn === true && !withCdn) continue;
      const sign = signs.get(signal.id) ?? `${place}\n${name}`;
      signs.set(signal.id, sign);
      weights.set(sign, Math.max(weights.get(sign) ?? 0, signal.weight));
    }
  return [...weights.values()];
}

/** Names where something was seen, the strongest exchanges first, each name at most twice. */
function collectEvidence(ranked: readonly Seen[]): Protection['evidence'] {
  const rows = new Map<string, Protection['evidence'][number]>();
  const times = new Map<string, number>();
  for (const { exchange, hits } of ranked)
    for (const { place, name, signal } of [...hits].sort((a, b) => b.signal.weight - a.signal.weight)) {
      const sign = `${place}\n${name}`;
      const key = `${exchange.id}\n${sign}`;
      const count = times.get(sign) ?? 0;
      if (rows.has(key) || count >= MAX_PER_NAME || rows.size >= MAX_EVIDENCE) continue;
      times.set(sign, count + 1);
      const row = { exchange: exchange.id, place, name };
      rows.set(key, signal.active === undefined ? row : { ...row, note: `marks a ${signal.active}` });
    }
  return [...rows.values()];
}

const hostOf = (exchange: Exchange): string =>
  URL.canParse(exchange.request.url) ? new URL(exchange.request.url).host : '';
const pathOf = (exchange: Exchange): string =>
  URL.canParse(exchange.request.url) ? new URL(exchange.request.url).pathname : '';

/** A challenged address that answered well later on, in this recording. */
function wasPassed(active: readonly Seen[], exchanges: readonly Exchange[]): boolean {
  const refused = new Set(active.map(({ exchange }) => exchange.id));
  return active.some(({ exchange }) => {
    const at = exchanges.indexOf(exchange);
    return exchanges.slice(at + 1).some((later) => {
      const status = later.response?.status ?? 0;
      return (
        status >= 200 &&
        status < 300 &&
        !refused.has(later.id) &&
        hostOf(later) === hostOf(exchange) &&
        (pathOf(later) === pathOf(exchange) || later.resourceType === 'document')
      );
    });
  });
}

function toProtection(
  seen: readonly Seen[],
  scope: Protection['scope'],
  exchanges: readonly Exchange[],
): Protection | null {
  const decisive = seen.filter((sighting) => sighting.decisive);
  const vendor = decisive[0]?.vendor;
  if (vendor === undefined) return null;
  const cdnOnly = decisive.every((sighting) => sighting.cdnOnly);
  const active = decisive.filter((sighting) => sighting.active !== null);
  const signals = new Map(seen.flatMap(({ hits }) => hits.map(({ signal }) => [signal.id, signal] as const)));
  const counted = [...signals.values()].filter((signal) => cdnOnly || signal.cdn !== true);
  const own = counted
    .filter(({ alone, severity }) => alone !== false && severity !== undefined)
    .map(({ severity }) => severity ?? 0);
  const plain = counted.some(({ alone, severity }) => alone !== false && severity === undefined);
  const present = plain || own.length === 0 ? Math.max(vendor.severity.present, ...own) : Math.max(...own);
  const kind = (['captcha', 'block', 'challenge'] as const).find((kind) => active.some((one) => one.active === kind));
  const ranked = [...active, ...decisive.filter((one) => one.active === null), ...seen.filter((one) => !one.decisive)];
  const severity =
    scope === 'third-party' || (cdnOnly && active.length === 0)
      ? 0
      : active.length > 0
        ? Math.max(present, vendor.severity.active)
        : present;
  return {
    vendor: vendor.id,
    name: vendor.name,
    category: cdnOnly && active.length === 0 ? 'cdn' : vendor.category,
    presence: confidence([...signWeights(seen, cdnOnly), ...new Set(decisive.flatMap(({ combined }) => combined))]),
    active: { count: active.length, kind: kind ?? 'none' },
    passed: seen.some(({ passed }) => passed) || wasPassed(active, exchanges),
    scope,
    severity,
    evidence: collectEvidence(ranked),
    meaning:
      active.length > 0
        ? vendor.meaning.active
        : cdnOnly
          ? (vendor.meaning.cdn ?? vendor.meaning.present)
          : vendor.meaning.present,
  };
}

/**
 * Which protections the capture shows, each with its evidence, the strongest first. One entry a vendor: what the target's
 * own site shows, else what third parties on it show; the networks that deliver third parties say nothing about the target.
 */
export function detectProtections(
  exchanges: readonly Exchange[],
  shapes: readonly ValueShape[],
  options: { targetUrl: string },
): Protection[] {
  const site = siteOf(options.targetUrl);
  const shapesOf = Map.groupBy(shapes, ({ exchange }) => exchange);
  const seen = exchanges.flatMap((exchange) =>
    matchExchange(exchange, shapesOf.get(exchange.id) ?? []).map((sighting): Seen => ({ ...sighting, exchange })),
  );
  const byVendor = Map.groupBy(seen, ({ vendor }) => vendor.id);
  const found = [...byVendor.values()].flatMap((all) => {
    const scoped = Map.groupBy(all, (one) => scopeOf(one, site));
    const first = toProtection(scoped.get('first-party') ?? [], 'first-party', exchanges);
    const other = toProtection(scoped.get('third-party') ?? [], 'third-party', exchanges);
    const protection = first ?? (other?.category === 'cdn' ? null : other);
    return protection === null ? [] : [protection];
  });
  return found.sort(
    (a, b) =>
      Number(a.scope === 'third-party') - Number(b.scope === 'third-party') ||
      b.severity - a.severity ||
      b.active.count - a.active.count ||
      b.presence - a.presence ||
      a.vendor.localeCompare(b.vendor),
  );
}
