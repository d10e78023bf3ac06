/** A request URL taken apart without losing its spelling: `segments` keep their percent-encoding, empty ones are dropped. */
export interface Address {
  /** Scheme, host and port; the host in lower case. */
  origin: string;
  host: string;
  segments: string[];
  trailingSlash: boolean;
  /** Decoded name and value in order; the value is null for a bare name (`?CurrentUser`). */
  query: [string, string | null][];
}

/** Percent-decoding that gives the text back unchanged when it is not valid. */
export function decodeText(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Name and value pairs of a query string or an urlencoded body. */
export function readPairs(text: string): [string, string | null][] {
  const pairs: [string, string | null][] = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? null : decodeText(part.slice(equals + 1).replaceAll('+', ' '));
    pairs.push([decodeText(name.replaceAll('+', ' ')), value]);
  }
  return pairs;
}

const NETWORK = new Set(['http:', 'https:', 'ws:', 'wss:']);

/** Null for what is no network address (`data:`, `blob:`, extension pages) or cannot be read. */
export function readAddress(url: string): Address | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (!NETWORK.has(parsed.protocol) || parsed.hostname === '') return null;
  const parts = parsed.pathname.split('/').filter((part) => part !== '');
  return {
    origin: `${parsed.protocol}//${parsed.host}`,
    host: parsed.hostname,
    segments: parts,
    trailingSlash: parts.length > 0 && parsed.pathname.endsWith('/'),
    query: readPairs(parsed.search.slice(1)),
  };
}
