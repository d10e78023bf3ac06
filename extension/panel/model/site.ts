/** What the browser tells about a tab; without host access it may keep address and title to itself. */
export interface CurrentTab {
  tabId: number;
  url: string | null;
  title: string | null;
  iconUrl: string | null;
}

export interface Site {
  /** `recordable`: a web page. `refused`: a page of the browser or of a file. `unknown`: the address is not shown to us. */
  kind: 'recordable' | 'refused' | 'unknown' | 'none';
  /** Host of a web page, else a word for what it is. */
  name: string;
  detail: string;
  /** Stands in for a missing icon. */
  letter: string;
  /** Only an icon that is part of the page's data: the panel fetches nothing from the site. */
  icon: string | null;
}

const WEB = new Set(['http:', 'https:']);

function toLetter(host: string): string {
  return (host.replace(/^www\./, '').match(/[a-z0-9]/i)?.[0] ?? '•').toUpperCase();
}

/** The site of the current tab as the start view shows it. */
export function describeSite(tab: CurrentTab | null): Site {
  if (!tab) {
    return { kind: 'none', name: 'No tab', detail: 'Open the site you want to record.', letter: '•', icon: null };
  }
  const icon = tab.iconUrl?.startsWith('data:image/') ? tab.iconUrl : null;
  if (tab.url === null) {
    const detail = 'The browser keeps its address from the panel until recording starts.';
    return { kind: 'unknown', name: tab.title ?? 'This tab', detail, letter: '•', icon };
  }
  const url = URL.parse(tab.url);
  if (!url || !WEB.has(url.protocol)) {
    const detail = 'Pages of the browser, its store and local files cannot be recorded. Open a web site in this tab.';
    return { kind: 'refused', name: 'Not a web page', detail, letter: '•', icon: null };
  }
  return {
    kind: 'recordable',
    name: url.host,
    detail: tab.title ?? url.pathname,
    letter: toLetter(url.hostname),
    icon,
  };
}

/** Host of an address for a short label; the text itself where it is none. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host || address;
}

/** An address fit for a link: absolute http(s), resolved against `base` when relative; null for anything else. */
export function webLink(address: string | null, base: string): string | null {
  if (!address) return null;
  const url = URL.parse(address, WEB.has(URL.parse(base)?.protocol ?? '') ? base : undefined);
  return url && WEB.has(url.protocol) ? url.href : null;
}
