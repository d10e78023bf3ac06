import type { Params } from './protocol.ts';

export type RequestExtra = Params<'Network.requestWillBeSentExtraInfo'>;
export type ResponseExtra = Params<'Network.responseReceivedExtraInfo'>;

/**
 * Deals ExtraInfo events, which carry only the request id, to the hops of a redirect chain. They come in the order of the hops
 * but anywhere between the other events. A hop whose `announced` is false gets none, so that later hops stay aligned;
 * `undefined` (older browsers, no answer yet) takes one when there is one.
 * With `headMissing` the first hops were before the recording, and the extras belong to the last hops.
 */
export function alignExtras<T>(
  extras: readonly T[],
  announced: readonly (boolean | undefined)[],
  headMissing: boolean,
): (T | null)[] {
  const result: (T | null)[] = announced.map(() => null);
  const wanting = announced.flatMap((flag, hop) => (flag === false ? [] : [hop]));
  const skipped = headMissing ? Math.max(0, wanting.length - extras.length) : 0;
  let next = 0;
  for (const hop of wanting.slice(skipped)) {
    if (next >= extras.length) break;
    result[hop] = extras[next] ?? null;
    next += 1;
  }
  const last = announced.length - 1;
  // An opaque answer announces none although one comes, and a retried hop has several: the newest is the last hop's.
  if (next < extras.length && last >= 0) result[last] = extras.at(-1) ?? null;
  return result;
}
