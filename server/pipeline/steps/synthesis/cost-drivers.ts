import type { Exchange } from '#shared/exchange.ts';
import type { EndpointFacts, Report } from '#shared/report.ts';
import { answerSchema, findRecordsPath } from '../../../exporters/code/records.ts';
import type { Situation } from './situation.ts';

type CostDriver = Report['costDrivers'][number];

const PARSE_LIMIT_BYTES = 2_000_000;

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

function countRecords(exchange: Exchange, path: readonly string[]): number | null {
  const text = exchange.response?.body?.text;
  if (text === undefined || text.length > PARSE_LIMIT_BYTES) return null;
  try {
    let value: unknown = JSON.parse(text);
    for (const name of path)
      value = typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
    return Array.isArray(value) ? value.length : null;
  } catch {
    return null;
  }
}

function recordsPerAnswer(endpoint: EndpointFacts, { exchangeById }: Situation): number | null {
  const path = findRecordsPath(answerSchema(endpoint));
  if (path === null) return null;
  const counts = endpoint.evidence.slice(0, 10).flatMap((id) => {
    const exchange = exchangeById.get(id);
    const count = exchange ? countRecords(exchange, path) : null;
    return count === null ? [] : [count];
  });
  return counts.length === 0 ? null : Math.max(...counts);
}

/** What makes collecting cost more, measured on what was recorded. */
export function listCostDrivers(situation: Situation): CostDriver[] {
  const { answering, exchangeById, inventory, session } = situation;
  const drivers: CostDriver[] = [];
  const paged =
    answering.find(({ pagination }) => pagination !== null) ??
    answering.find((item) => recordsPerAnswer(item, situation) !== null);
  const perAnswer = paged ? recordsPerAnswer(paged, situation) : null;
  if (perAnswer !== null && perAnswer > 0) {
    drivers.push({
      name: 'Requests for 1,000 list entries',
      value: Math.ceil(1000 / perAnswer),
      unit: 'requests',
      effect: `An answer held up to ${perAnswer} entries; time and proxy cost grow with the number of requests.`,
    });
  }
  const ids = new Set(answering.map(({ id }) => id));
  const details = answering.filter(
    ({ id, parameters }) =>
      parameters.some((item) => item.in === 'path') &&
      inventory.dependencies.some((edge) => edge.to === id && edge.from !== id && ids.has(edge.from)),
  );
  if (details.length > 0) {
    drivers.push({
      name: 'Extra requests for each record',
      value: details.length,
      unit: 'requests',
      effect: 'Details are not in the list; each record needs these requests more.',
    });
  }
  const bytes = median(
    answering.flatMap(({ evidence }) => evidence.flatMap((id) => exchangeById.get(id)?.response?.body?.bytes ?? [])),
  );
  if (bytes !== null && bytes > 0) {
    drivers.push({
      name: 'Size of an answer',
      value: bytes,
      unit: 'bytes',
      effect: 'Median of what was recorded; proxies are paid by traffic.',
    });
  }
  if (session !== 'none') {
    drivers.push({
      name: 'Sessions to keep alive',
      value: 1,
      unit: 'session',
      effect: 'Someone has to log in again whenever it ends.',
    });
  }
  return drivers;
}
