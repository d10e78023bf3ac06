import type { TrafficRow } from '../messages.ts';

const SECOND_LEVEL = /^(co|com|net|org|gov|ac|edu|ne|or|go)$/;

/** The part of a host that one owner holds, as well as can be told without a list of public suffixes. */
export function siteOf(host: string): string {
  if (/^[\d.]+$/.test(host) || host.includes(':')) return host;
  const labels = host.split('.');
  const keep =
    labels.length > 2 && SECOND_LEVEL.test(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2 ? 3 : 2;
  return labels.slice(-keep).join('.');
}

/** For the panel's filter only; the report decides with a kept list. */
export function isThirdParty(url: string, pageUrl: string): boolean {
  const [host, page] = [URL.parse(url)?.hostname, URL.parse(pageUrl)?.hostname];
  return host !== undefined && page !== undefined && siteOf(host) !== siteOf(page);
}

const NETWORK = new Set(['http:', 'https:', 'ws:', 'wss:']);

export function isNetworkUrl(url: string): boolean {
  return NETWORK.has(url.slice(0, url.indexOf(':') + 1).toLowerCase());
}

/** Rows after `seq`, oldest first. */
export function rowsAfter(rows: Iterable<TrafficRow>, seq: number): TrafficRow[] {
  return [...rows].filter((row) => row.seq > seq).sort((a, b) => a.seq - b.seq);
}
