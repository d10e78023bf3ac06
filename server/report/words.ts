import type { Auth, Bucket, Outcome, Parameter, Protection, Tier } from '#shared/report.ts';

/** The report's vocabulary: each machine word in the words of its reader. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'mute';

export const BUCKETS: Record<Bucket, { title: string; lead: string }> = {
  A: { title: 'Endpoints that answer you', lead: 'What you asked for comes from these.' },
  B: {
    title: 'Endpoints that support them',
    lead: 'Needed on the way, or useful beside: log-in, tokens, filters, details.',
  },
  C: { title: 'Everything else that was called', lead: 'Seen during the visit; it has no part in what you asked for.' },
};

export const OUTCOMES: Record<Outcome, { word: string; icon: string; tone: Tone }> = {
  same: { word: 'same answer', icon: 'check', tone: 'good' },
  different: { word: 'different answer', icon: 'diff', tone: 'warn' },
  'soft-block': { word: 'answer without the data', icon: 'eye-off', tone: 'bad' },
  challenge: { word: 'asked for a check', icon: 'shield-question', tone: 'bad' },
  blocked: { word: 'blocked', icon: 'ban', tone: 'bad' },
  login: { word: 'log-in asked', icon: 'lock', tone: 'warn' },
  'rate-limited': { word: 'too many requests', icon: 'timer', tone: 'warn' },
  error: { word: 'no answer', icon: 'x', tone: 'warn' },
  'refused-by-guard': { word: 'held back by this server', icon: 'hand', tone: 'mute' },
  'not-tried': { word: 'not tried', icon: 'minus', tone: 'mute' },
};

export const TIERS: Record<Tier, string> = {
  none: 'this server’s own network',
  datacenter: 'a data-centre address',
  residential: 'a residential address',
};

export const AUTH_KINDS: Record<Auth['kind'], string> = {
  none: 'no credentials',
  bearer: 'token',
  basic: 'user and password',
  'api-key': 'API key',
  cookie: 'session cookie',
  csrf: 'form token',
  signature: 'signed',
};

export const CATEGORIES: Record<Protection['category'], string> = {
  'bot-manager': 'Tells people from programs',
  waf: 'Firewall in front of the site',
  cdn: 'Delivery network that all traffic passes',
  captcha: 'Puzzle for people',
  fingerprinting: 'Recognises devices',
  'waiting-room': 'Waiting room',
};

export const SEVERITIES = [
  'only information',
  'only watches',
  'checks network and headers',
  'needs state made by JavaScript',
  'interactive, or signs each request',
] as const;

export const PLACES: Record<Protection['evidence'][number]['place'], string> = {
  'request-cookie': 'cookie sent',
  'set-cookie': 'cookie set',
  'request-header': 'request header',
  'response-header': 'answer header',
  url: 'address',
  status: 'status',
  'script-url': 'script address',
  dom: 'page content',
  body: 'answer body',
};

export const ROLES: Record<Parameter['role'], string> = {
  page: 'page number',
  offset: 'position to start from',
  cursor: 'mark of the next page',
  limit: 'entries per page',
  search: 'words to search',
  sort: 'order',
  filter: 'filter',
  locale: 'language or country',
  id: 'id',
  signature: 'signature',
  other: '',
};

const LOSSES: Record<string, string> = {
  evicted: 'the browser had dropped it already',
  'lost-navigation': 'the page was left before it could be read',
  'not-available': 'the browser does not give it out',
  redirect: 'a redirect has none',
  preflight: 'a preflight has none',
  cors: 'the browser keeps it from the page',
  'service-worker': 'the page’s own service worker made it',
  download: 'it was saved as a file',
  canceled: 'the page cancelled the request',
  'too-large': 'it was larger than the limit',
  budget: 'the recording had reached its size limit; only large media and late bodies are left out',
  policy: 'images, media and fonts are kept by size and hash only',
  detached: 'the recorder was detached',
  timeout: 'it did not come in time',
  incomplete: 'the request never ended',
  unknown: 'for an unknown reason',
};

/** Why something is missing, in words; text that is no known code is given back as it is. */
export const explainLoss = (reason: string): string =>
  Object.hasOwn(LOSSES, reason) ? (LOSSES[reason] ?? reason) : reason;

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const formatMs = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

export const formatCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;

export const formatNumber = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 });
