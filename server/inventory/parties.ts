import thirdPartyWeb from 'third-party-web/nostats-subset';
import { getDomain, getDomainWithoutSuffix } from 'tldts';
import { headerValue, type Exchange } from '#shared/exchange.ts';
import type { Address } from './address.ts';

const DOMAIN_OPTIONS = { allowPrivateDomains: true, allowIcannDomains: true, validateHostname: false } as const;

/** Purposes that never serve a site's own data. */
const TRACKING = new Set([
  'ad',
  'analytics',
  'social',
  'tag-manager',
  'marketing',
  'consent-provider',
  'video',
  'customer-success',
]);

export interface Company {
  company: string;
  category: string;
}

export interface Parties {
  /** Registrable domain of the first party; empty when the capture has none. */
  site: string;
  isFirst: (host: string) => boolean;
  companyOf: (host: string) => Company;
  isTracker: (host: string) => boolean;
}

/** Registrable domain, or the host itself for addresses and single labels. */
export const siteOf = (host: string): string => getDomain(host, DOMAIN_OPTIONS) ?? host;

/** A customer's own name below a hosting company's domain; it shares nothing with its neighbours. */
const isTenant = (host: string): boolean =>
  siteOf(host) !== (getDomain(host, { ...DOMAIN_OPTIONS, allowPrivateDomains: false }) ?? host);

interface Entity {
  name: string;
  category: string;
}

const entities = new Map<string, Entity | null>();
function entityOf(host: string): Entity | null {
  const kept = entities.get(host);
  if (kept !== undefined) return kept;
  const found = /^[a-z0-9.-]+\.[a-z]{2,}$/i.test(host) ? thirdPartyWeb.getEntity(`https://${host}`) : undefined;
  const entity = found === undefined ? null : { name: found.name, category: found.category };
  if (entities.size < 10_000) entities.set(host, entity);
  return entity;
}

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).hostname : null);

/** Domains of one brand: `shop.test` and `shop-static.test`. */
function sharesBrand(site: string, host: string): boolean {
  const brand = getDomainWithoutSuffix(site, DOMAIN_OPTIONS) ?? '';
  const other = getDomainWithoutSuffix(host, DOMAIN_OPTIONS) ?? '';
  if (brand.length < 4 || other === '') return false;
  return (
    other === brand ||
    new RegExp(
      `^${brand.replace(/[^a-z0-9]/gi, '.')}(?:[-.]|api|apis|app|cdn|static|usercontent|assets|media|images|img|data)|[-.]${brand.replace(/[^a-z0-9]/gi, '.')}$`,
      'i',
    ).test(other)
  );
}

/** The target's documents call this host with credentials, and it lets them. */
function callsWithCredentials(exchange: Exchange, firstOrigins: ReadonlySet<string>): boolean {
  const origin = headerValue(exchange.request.headers, 'origin');
  if (origin === undefined || !firstOrigins.has(origin) || exchange.response === null) return false;
  const { headers } = exchange.response;
  if (headerValue(headers, 'access-control-allow-origin') !== origin) return false;
  const carries = headerValue(exchange.request.headers, 'authorization') !== undefined;
  return carries && /json|xml|event-stream/.test(exchange.response.mimeType);
}

export interface PartyRow {
  exchange: Exchange;
  address: Address;
  /** Looks like a call of an API rather than an asset. */
  api: boolean;
  /** Neither an asset nor anything else that is no endpoint anywhere. */
  candidate: boolean;
}

function chooseSite(rows: readonly PartyRow[], targetUrl: string): string {
  const target = hostOf(targetUrl);
  const sites = new Map<string, number>();
  const wanted = target === null ? null : siteOf(target);
  for (const { address, api, candidate, exchange } of rows) {
    const site = siteOf(address.host);
    if (site === wanted) return site;
    const entity = entityOf(address.host);
    if (entity !== null && TRACKING.has(entity.category)) continue;
    const document = exchange.resourceType === 'document';
    const weight = api || (candidate && document) ? 1 : candidate ? 0.001 : 0;
    if (weight > 0) sites.set(site, (sites.get(site) ?? 0) + weight);
  }
  const tallest = [...sites].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0];
  return tallest?.[0] ?? wanted ?? '';
}

/**
 * Who owns each host: the target's registrable domain, its company's other domains, hosts of its brand, and hosts that its
 * own pages call with credentials are the first party. When nothing of the target is in the capture, the busiest API is.
 */
export function decideParties(rows: readonly PartyRow[], targetUrl: string): Parties {
  const site = chooseSite(rows, targetUrl);
  const owner = entityOf(site)?.name ?? null;
  const byHost = new Map<string, boolean>();
  const judge = (host: string): boolean => {
    if (site === '') return false;
    if (siteOf(host) === site) return true;
    if (isTenant(host) || isTenant(site)) return false;
    const entity = entityOf(host);
    if (owner !== null && entity?.name === owner) return true;
    return entity === null && sharesBrand(site, host);
  };
  const firstOrigins = new Set<string>();
  for (const { address } of rows) {
    if (!byHost.has(address.host)) byHost.set(address.host, judge(address.host));
    if (byHost.get(address.host) === true) firstOrigins.add(address.origin);
  }
  for (const { address, exchange, api } of rows) {
    if (!api || byHost.get(address.host) === true || entityOf(address.host) !== null) continue;
    if (callsWithCredentials(exchange, firstOrigins)) byHost.set(address.host, true);
  }
  return {
    site,
    isFirst: (host) => byHost.get(host) ?? judge(host),
    companyOf: (host) => {
      const entity = entityOf(host);
      return entity === null
        ? { company: siteOf(host), category: 'unknown' }
        : { company: entity.name, category: entity.category };
    },
    isTracker: (host) => TRACKING.has(entityOf(host)?.category ?? ''),
  };
}
