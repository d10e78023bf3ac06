import type { Exchange } from '#shared/exchange.ts';
import type { Dependency } from '#shared/report.ts';
import type { BodyReader } from './body-reading.ts';
import { isIdKey, walkJson } from './json-walk.ts';
import { readCookies } from './operations/auth.ts';
import { classifySegment } from './paths/segment-class.ts';
import { isKnownWord, singularName } from './paths/word-likeness.ts';

/** A value that a request sent. */
export interface Consumer {
  endpoint: string;
  exchange: Exchange;
  /** `path:productId`, `query:q`, `body:$.items[].sku`, `header:x-csrf-token`. */
  into: string;
  name: string;
  value: string;
}

/** A request whose response may have held the value; `endpoint` is null when it is none. */
export interface Source {
  exchange: Exchange;
  endpoint: string | null;
  /** Last literal of its path, for telling whose ids it lists. */
  collection: string;
}

interface Origin {
  source: Source;
  path: string;
  key: string;
  end: number;
  start: number;
  order: number;
}

const ORIGINS_PER_VALUE = 12;
const MAX_EVIDENCE = 5;
const SOURCES_PER_PLACE = 3;

const startOf = (exchange: Exchange): number => Date.parse(exchange.startedAt) || 0;

/** Where each sent value was first received. Only the values asked for are looked for, in one pass. */
export class ValueFlow {
  readonly #origins = new Map<string, Origin[]>();
  readonly #order = new Map<Exchange, number>();

  constructor(sources: readonly Source[], wanted: ReadonlySet<string>, read: BodyReader) {
    sources.forEach((source, order) => {
      this.#order.set(source.exchange, order);
      this.#readSource(source, order, wanted, read);
    });
  }

  #readSource(source: Source, order: number, wanted: ReadonlySet<string>, read: BodyReader): void {
    const { response } = source.exchange;
    if (response === null || response.status >= 400) return;
    const start = startOf(source.exchange);
    const end = start + (source.exchange.durationMs ?? 0);
    const note = (value: string, path: string, key: string): void => {
      if (!wanted.has(value)) return;
      const origins = this.#origins.get(value) ?? [];
      if (origins.length === 0) this.#origins.set(value, origins);
      if (origins.length >= ORIGINS_PER_VALUE || origins.some((origin) => origin.source === source)) return;
      origins.push({ source, path, key, start, end, order });
    };
    for (const value of read(response.body)?.values ?? []) {
      walkJson(value, { scalar: (scalar) => note(String(scalar.value), scalar.path, scalar.key) });
    }
    for (const [name, value] of response.headers) {
      const lower = name.toLowerCase();
      if (lower === 'set-cookie') {
        for (const line of value.split('\n')) {
          const cookie = readCookies(line.split(';', 1)[0] ?? '')[0];
          if (cookie !== undefined) note(cookie[1], `cookie:${cookie[0]}`, cookie[0]);
        }
      } else if (value.length >= 6) note(value, `header:${lower}`, lower);
    }
    if (/html/.test(response.mimeType) && response.body?.text !== undefined) {
      for (const match of response.body.text.matchAll(/\b(?:content|value)="([^"]{8,300})"/g))
        note(match[1] ?? '', 'html:attribute', '');
    }
    for (const message of source.exchange.messages.slice(0, 500)) {
      if (message.direction !== 'received' || message.base64 === true) continue;
      const json = read({ mimeType: '', bytes: message.data.length, text: message.data });
      for (const value of json?.values ?? [])
        walkJson(value, { scalar: (scalar) => note(String(scalar.value), scalar.path, scalar.key) });
    }
  }

  /** Answers that held the value and had come when the request went out, earliest first. */
  #before(value: string, exchange: Exchange): Origin[] {
    const start = startOf(exchange);
    const order = this.#order.get(exchange) ?? Number.POSITIVE_INFINITY;
    return (this.#origins.get(value) ?? []).filter(
      (origin) =>
        origin.source.exchange !== exchange && origin.end <= start && (origin.start < start || origin.order < order),
    );
  }

  firstSeen(value: string, exchange: Exchange): string | null {
    return value.length < 6 ? null : (this.#before(value, exchange)[0]?.source.exchange.id ?? null);
  }

  /** The edges by which values flow from one endpoint's answers into another's requests. */
  dependencies(consumers: readonly Consumer[]): Dependency[] {
    const edges = new Map<string, Dependency & { count: number; related: boolean }>();
    for (const consumer of consumers) {
      for (const origin of this.#before(consumer.value, consumer.exchange)) {
        const from = origin.source.endpoint;
        if (from === null || from === consumer.endpoint) continue;
        const related = isRelated(consumer, origin);
        if (!related && isTrivial(consumer.value)) continue;
        const key = `${from}\n${consumer.endpoint}\n${origin.path}\n${consumer.into}`;
        const edge = edges.get(key) ?? {
          from,
          to: consumer.endpoint,
          path: origin.path,
          into: consumer.into,
          evidence: [],
          count: 0,
          related,
        };
        edge.count++;
        edge.related ||= related;
        if (edge.evidence.length < MAX_EVIDENCE)
          edge.evidence.push({ from: origin.source.exchange.id, to: consumer.exchange.id });
        edges.set(key, edge);
      }
    }
    return pickEdges([...edges.values()]);
  }
}

/** Of many sources of one place the related and most used stay. */
function pickEdges(edges: readonly (Dependency & { count: number; related: boolean })[]): Dependency[] {
  const places = new Map<string, (Dependency & { count: number; related: boolean })[]>();
  for (const edge of edges) {
    const key = `${edge.to}\n${edge.into}`;
    places.set(key, [...(places.get(key) ?? []), edge]);
  }
  return [...places.values()].flatMap((group) =>
    group
      .sort((a, b) => Number(b.related) - Number(a.related) || b.count - a.count)
      .slice(0, SOURCES_PER_PLACE)
      .map(({ from, to, path, into, evidence }) => ({ from, to, path, into, evidence })),
  );
}

const plain = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

/** The names say that one thing's id is meant on both sides. */
function isRelated({ name, into }: Consumer, { key, source, path }: Origin): boolean {
  if (!isIdKey(key)) return false;
  const [sent, got] = [plain(name), plain(key)];
  if (sent === got && sent !== 'name' && sent !== 'code') return true;
  const stem = plain(singularName(source.collection));
  const container = plain(singularName(/\.([^.[\]]+)\[\]\.[^.]+$/.exec(path)?.[1] ?? ''));
  const ids =
    got === 'id' ||
    got === 'slug' ||
    got === 'key' ||
    got === 'handle' ||
    got === 'sku' ||
    got === 'name' ||
    got === 'login';
  if (!ids) return sent.length > 4 && sent.endsWith(got) && into.startsWith('path:');
  return [stem, container].some(
    (word) => word.length > 2 && (sent === `${word}id` || sent === word || sent === `${word}${got}`),
  );
}

/** Values that two messages may share by chance. */
function isTrivial(value: string): boolean {
  if (value.length < 6 || /^-?\d{1,5}(?:\.\d+)?$/.test(value) || /^\d{4}-\d{2}/.test(value)) return true;
  const { nature, kind } = classifySegment(encodeURIComponent(value));
  if (nature === 'literal' || kind === 'word' || kind === 'words' || kind === 'encoded') return true;
  return isKnownWord(value) || (kind === 'name' && value.length < 10) || /^https?:\/\/[^/]+\/?$/.test(value);
}
