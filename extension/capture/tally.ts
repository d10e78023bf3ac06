import { z } from 'zod';

/** What the panel's counters show, and the little else that must survive the death of the worker. */
export const tallySchema = z.object({
  requests: z.number(),
  bodies: z.number(),
  lost: z.number(),
  bytes: z.number(),
  actions: z.number(),
  hosts: z.array(z.string()),
  pageUrl: z.string(),
  attachedLate: z.boolean(),
  /** Since when the recorder has not been attached to the tab, milliseconds since the epoch. */
  detachedAt: z.number().nullable(),
});
export type Tally = z.infer<typeof tallySchema>;

const MOST_HOSTS = 5000;

export function emptyTally(pageUrl: string): Tally {
  return {
    requests: 0,
    bodies: 0,
    lost: 0,
    bytes: 0,
    actions: 0,
    hosts: [],
    pageUrl,
    attachedLate: false,
    detachedAt: null,
  };
}

/** Counts a request and its host; `hosts` mirrors `tally.hosts` for a quick look. */
export function countRequest(tally: Tally, hosts: Set<string>, url: string): void {
  tally.requests += 1;
  const host = URL.parse(url)?.host;
  if (host === undefined || hosts.has(host) || hosts.size >= MOST_HOSTS) return;
  hosts.add(host);
  tally.hosts.push(host);
}
