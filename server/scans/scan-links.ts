/** `api` and `reports` are the origins under which a client reaches the two. */
export interface Links {
  api: string;
  reports: string;
}

export const reportUrl = (links: Links, slug: string): string => `${links.reports}/r/${slug}`;
export const eventsUrl = (links: Links, scanId: string): string => `${links.api}/scans/${scanId}/events`;
