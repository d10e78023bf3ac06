import type { Header } from '../exchange.ts';

/** The headers of an event; HTTP/2 pseudo headers are dropped, and a value that joins several with line feeds becomes several. */
export function toHeaders(headers: Record<string, unknown> | undefined): Header[] {
  const list: Header[] = [];
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (name === '' || name.startsWith(':')) continue;
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    for (const line of String(value).split('\n')) list.push([name, line]);
  }
  return list;
}

/** A pseudo header such as `:method`. */
export function pseudoHeader(headers: Record<string, unknown> | undefined, name: string): string | undefined {
  const value = headers?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** Headers in the order of the wire, from the text of an HTTP/1 message; null when there is no such text. */
export function parseHeadersText(text: string | undefined): Header[] | null {
  if (text === undefined || text === '') return null;
  const list: Header[] = [];
  for (const line of text.split(/\r?\n/).slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0) list.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return list.length > 0 ? list : null;
}

const PROTOCOLS: Record<string, string> = {
  'http/1.0': 'HTTP/1.0',
  'http/1.1': 'HTTP/1.1',
  h2: 'HTTP/2',
  h3: 'HTTP/3',
};

export function toHttpVersion(protocol: string | undefined): string | undefined {
  if (protocol === undefined || protocol === '') return undefined;
  return PROTOCOLS[protocol.toLowerCase()] ?? protocol;
}

/** A media type without its parameters, in lower case. */
export function bareMimeType(value: string | undefined): string {
  return (value ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
