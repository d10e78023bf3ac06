import { countsOn, hostSignals, type Entry } from './catalogue.ts';

interface UrlUse {
  url: string;
  script: boolean;
  status: number | null;
}

/** Signals that a URL's parsed parts match; host, path and query are looked at apart, never the text as a whole. */
export function matchUrl({ url, script, status }: UrlUse): Entry[] {
  if (!URL.canParse(url)) return [];
  const { protocol, hostname, pathname, search } = new URL(url);
  if (!/^(?:https?|wss?):$/.test(protocol)) return [];
  const host = hostname.replace(/\.$/, '');
  return hostSignals(host).filter(
    ({ signal }) =>
      (signal.place === 'url' || script) &&
      countsOn(signal, status) &&
      (signal.path?.test(pathname) ?? true) &&
      (signal.query?.test(search) ?? true),
  );
}
