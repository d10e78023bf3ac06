import type { TrafficRow } from '../../messages.ts';

export interface Traffic {
  /** In order of first appearance. */
  rows: readonly TrafficRow[];
  /** Position of a row by its `key`. */
  places: ReadonlyMap<string, number>;
  /** The highest `seq` seen; what to ask for next comes after it. */
  lastSeq: number;
}

export const EMPTY_TRAFFIC: Traffic = { rows: [], places: new Map(), lastSeq: 0 };

/** Adds what arrived: a later row with the same `key` takes the earlier one's place, an older one is dropped. */
export function mergeTraffic(traffic: Traffic, incoming: readonly TrafficRow[]): Traffic {
  if (incoming.length === 0) return traffic;
  const rows = [...traffic.rows];
  const places = new Map(traffic.places);
  let { lastSeq } = traffic;
  for (const row of incoming) {
    const place = places.get(row.key);
    if (place === undefined) {
      places.set(row.key, rows.length);
      rows.push(row);
    } else if ((rows[place]?.seq ?? 0) <= row.seq) {
      rows[place] = row;
    }
    lastSeq = Math.max(lastSeq, row.seq);
  }
  return { rows, places, lastSeq };
}

export const PARTIES = ['all', 'first', 'third'] as const;
export type Party = (typeof PARTIES)[number];

export interface TrafficFilter {
  /** Words that must all occur in method, URL, type or status. */
  text: string;
  party: Party;
}

/** The rows a filter lets through, in the same order. */
export function filterTraffic(rows: readonly TrafficRow[], filter: TrafficFilter): readonly TrafficRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && filter.party === 'all') return rows;
  return rows.filter((row) => {
    if (filter.party !== 'all' && row.thirdParty !== (filter.party === 'third')) return false;
    const text = `${row.method} ${row.url} ${row.resourceType} ${row.status ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export interface TrafficLine {
  method: string;
  /** Path and query; the whole address where it has none. */
  path: string;
  host: string;
  type: string;
  /** `200`, `failed`, or an ellipsis while it is pending. */
  status: string;
  tone: 'ok' | 'moved' | 'bad' | 'pending';
  lost: string | null;
}

const TYPE_WORDS: Readonly<Record<string, string>> = { Fetch: 'fetch', XHR: 'xhr', EventSource: 'events' };

function toTone(row: TrafficRow): TrafficLine['tone'] {
  if (row.state === 'failed' || (row.status ?? 0) >= 400) return 'bad';
  if (row.status === null) return 'pending';
  return row.status >= 300 ? 'moved' : 'ok';
}

/** A row as the list shows it. */
export function describeTraffic(row: TrafficRow): TrafficLine {
  const url = URL.parse(row.url);
  const path = url ? `${url.pathname}${url.search}` : '';
  return {
    method: row.method,
    path: path || row.url,
    host: url?.host ?? '',
    type: TYPE_WORDS[row.resourceType] ?? row.resourceType.toLowerCase(),
    status: row.status === null ? (row.state === 'failed' ? 'failed' : '…') : String(row.status),
    tone: toTone(row),
    lost: row.lost,
  };
}
