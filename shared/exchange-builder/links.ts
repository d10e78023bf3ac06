import type { Draft } from './draft.ts';

const collator = new Intl.Collator('en', { numeric: true });

/** Orders drafts by start; the same start by request id and hop, so that ids do not depend on the order of the lines. */
export function sortByStart(drafts: Draft[]): Draft[] {
  return drafts.sort(
    (a, b) =>
      a.startMs - b.startMs ||
      collator.compare(a.exchange.requestId, b.exchange.requestId) ||
      a.exchange.hop - b.exchange.hop ||
      collator.compare(a.key, b.key),
  );
}

/** Gives the sorted drafts their ids and ties them to one another. `workerSessions` are the sessions of service workers. */
export function linkDrafts(sorted: readonly Draft[], workerSessions: ReadonlySet<string>): void {
  sorted.forEach((draft, n) => {
    draft.exchange.id = `x${n}`;
  });
  linkRedirects(sorted);
  linkPreflights(sorted);
  linkInitiators(sorted);
  linkServiceWorkers(sorted, workerSessions);
}

function linkRedirects(sorted: readonly Draft[]): void {
  const byHop = new Map(sorted.map((draft) => [`${draft.exchange.hop} ${draft.key}`, draft]));
  for (const draft of sorted) {
    draft.exchange.redirectTo = byHop.get(`${draft.exchange.hop + 1} ${draft.key}`)?.exchange.id ?? null;
  }
}

function linkPreflights(sorted: readonly Draft[]): void {
  const asked = new Set(
    sorted.flatMap((draft) => (draft.preflightFor === null ? [] : [`${draft.tab} ${draft.preflightFor}`])),
  );
  if (asked.size === 0) return;
  const hops = Map.groupBy(
    sorted.filter((draft) => asked.has(draft.key)),
    (draft) => draft.key,
  );
  for (const draft of sorted) {
    if (draft.preflightFor === null) continue;
    const candidates = hops.get(`${draft.tab} ${draft.preflightFor}`) ?? [];
    const target =
      candidates.find((other) => other.exchange.request.url === draft.exchange.request.url) ?? candidates[0];
    draft.exchange.preflightOf = target?.exchange.id ?? null;
  }
}

function linkInitiators(sorted: readonly Draft[]): void {
  const latest = new Map<string, string>();
  for (const { exchange } of sorted) {
    const { url } = exchange.initiator;
    const id = url === undefined ? undefined : latest.get(url);
    if (id !== undefined) exchange.initiator.exchange = id;
    if (exchange.resourceType !== 'preflight') latest.set(exchange.request.url, exchange.id);
  }
}

/** How much earlier than the page's own copy the worker's copy may seem to start, in milliseconds. */
const CLOCK_SLACK_MS = 5;

/** A request answered through the page's service worker is seen twice: in the page, and where the worker fetched it. */
function linkServiceWorkers(sorted: readonly Draft[], workerSessions: ReadonlySet<string>): void {
  if (workerSessions.size === 0) return;
  const target = (draft: Draft) => `${draft.tab} ${draft.exchange.request.method} ${draft.exchange.request.url}`;
  const inWorker = Map.groupBy(
    sorted.filter((draft) => [...draft.sessions].some((session) => workerSessions.has(session))),
    target,
  );
  const next = new Map<string, number>();
  for (const draft of sorted) {
    if (draft.exchange.response?.fromCache !== 'service-worker') continue;
    const copies = inWorker.get(target(draft)) ?? [];
    let at = next.get(target(draft)) ?? 0;
    while (at < copies.length && (copies[at]?.startMs ?? 0) < draft.startMs - CLOCK_SLACK_MS) at += 1;
    const copy = copies[at];
    const inTime = copy !== undefined && (draft.endMs === null || copy.startMs <= draft.endMs);
    next.set(target(draft), inTime ? at + 1 : at);
    if (copy === undefined || !inTime) continue;
    draft.exchange.serviceWorkerPair = copy.exchange.id;
    copy.exchange.serviceWorkerPair = draft.exchange.id;
  }
}
