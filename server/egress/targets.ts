import { isIP } from 'node:net';

export interface Target {
  /** Lower case, no brackets, no trailing dot; numbers in any notation are plain dotted addresses by now. */
  host: string;
  port: number;
}

const INNER_NAMES =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|svc|cluster\.local|arpa|test|invalid|onion)$/;

/** `host:port`, IPv6 in brackets. */
export const targetKey = ({ host, port }: Target): string => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/**
 * Reads `host:port` the way a browser reads a URL, so that decimal, hexadecimal, octal, short and full-width spellings of an
 * address become the address they stand for. Null when it is no host and port.
 */
export function parseTarget(authority: string): Target | null {
  if (!/^(?:\[[0-9a-f:.]+\]|[^\s/?#@\\:[\]]+):\d{1,5}$/i.test(authority)) return null;
  const url = `ws://${authority}/`;
  if (!URL.canParse(url)) return null;
  const { hostname, port, username, password, pathname } = new URL(url);
  if (username !== '' || password !== '' || pathname !== '/') return null;
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const number = port === '' ? 80 : Number(port);
  return host === '' || number === 0 ? null : { host, port: number };
}

/** Why a host name cannot be a public site, before anything is resolved; null when it may be one. */
export function nameProblem(host: string): string | null {
  if (isIP(host) !== 0) return null;
  if (!host.includes('.')) return 'a name without a domain';
  return INNER_NAMES.test(host) ? 'a name of a private network' : null;
}
