import { headerValue, type Exchange, type Header } from '#shared/exchange.ts';
import type { EndpointFacts } from '#shared/report.ts';
import type { ReplayPolicy } from '../../../clients/policy.ts';
import type { DictionaryEntry } from '../../artifacts.ts';
import type { RecordedAnswer } from './compare.ts';

export interface ReplayRequest {
  url: string;
  headers: Header[];
}
export interface ReplayPlan {
  endpoint: EndpointFacts;
  exchange: string;
  method: 'GET' | 'HEAD';
  host: string;
  /** `host:port`. */
  authority: string;
  anonymous: ReplayRequest;
  session: ReplayRequest;
  /** The recorded request carried cookies or credentials. */
  hasCredentials: boolean;
  recorded: RecordedAnswer;
}

const NOT_SENT = new Set([
  'host',
  'connection',
  'proxy-connection',
  'proxy-authorization',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'content-type',
  'expect',
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'available-dictionary',
]);
const CREDENTIAL_NAME =
  /^(?:cookie|authorization)$|token|secret|session|credential|passw|api-?key|csrf|xsrf|signature|(?:^|[-_])auth(?:[-_]|$)/i;
/** Narrower than for headers: `pageToken` is a place in a list, not a credential. */
const CREDENTIAL_PARAMETER =
  /^(?:(?:access|auth|id|session|csrf|xsrf|user)[-_]?token|token|jwt|api[-_]?key|key|sig|signature|hmac|session(?:[-_]?id)?|sid|phpsessid|jsessionid|password|secret)$/i;
const CODINGS = new Set(['gzip', 'deflate', 'br', 'zstd', 'identity', '*']);
const MIN_SECRET = 8;

/** Only codings that every client here can decode. */
const codings = (value: string): string =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => CODINGS.has(part.split(';', 1)[0]?.trim().toLowerCase() ?? ''))
    .join(', ');

function sentHeaders(headers: readonly Header[]): Header[] {
  return headers.flatMap(([name, value]): Header[] => {
    const lower = name.toLowerCase();
    if (name.startsWith(':') || NOT_SENT.has(lower)) return [];
    return lower === 'accept-encoding' ? [[name, codings(value)]] : [[name, value]];
  });
}

/** The request without anything that says who sent it: by name, by what analysis found, and by the secrets that are known. */
function withoutCredentials(
  request: ReplayRequest,
  endpoint: EndpointFacts,
  secrets: readonly string[],
): { request: ReplayRequest; removed: number; left: boolean } {
  const named = (place: 'header' | 'query') =>
    new Set(endpoint.auth.filter((auth) => auth.in === place).map(({ name }) => (name ?? '').toLowerCase()));
  const [headerNames, queryNames] = [named('header'), named('query')];
  const holds = (text: string): boolean => secrets.some((secret) => text.includes(secret));
  const headers = request.headers.filter(
    ([name, value]) => !CREDENTIAL_NAME.test(name) && !headerNames.has(name.toLowerCase()) && !holds(value),
  );
  const url = new URL(request.url);
  const names = new Set(
    [...url.searchParams]
      .filter(([name, value]) => queryNames.has(name.toLowerCase()) || CREDENTIAL_PARAMETER.test(name) || holds(value))
      .map(([name]) => name),
  );
  for (const name of names) url.searchParams.delete(name);
  return {
    request: { url: names.size === 0 ? request.url : url.href, headers },
    removed: request.headers.length - headers.length + names.size,
    left: holds(url.pathname),
  };
}

/** The best recorded example of an endpoint that may be sent again. */
function exampleOf(endpoint: EndpointFacts, exchanges: ReadonlyMap<string, Exchange>): Exchange | undefined {
  const candidates = endpoint.evidence.flatMap((id) => {
    const exchange = exchanges.get(id);
    return exchange === undefined || exchange.response === null ? [] : [exchange];
  });
  const good = candidates.filter(
    ({ response }) => response !== null && response.status >= 200 && response.status < 300,
  );
  return good.find(({ response }) => response?.body?.text !== undefined && response.body.truncated !== true) ?? good[0];
}

/** How an endpoint is sent again, or in words why it is not. */
export function planReplay(
  endpoint: EndpointFacts,
  exchanges: ReadonlyMap<string, Exchange>,
  dictionary: readonly DictionaryEntry[],
  policy: Pick<ReplayPolicy, 'effectWords'>,
): ReplayPlan | string {
  const { method } = endpoint;
  if (method !== 'GET' && method !== 'HEAD')
    return `${method} may change something on the site, so it is never repeated`;
  if (endpoint.kind === 'document') return 'pages are not repeated, only data';
  if (endpoint.kind === 'websocket' || endpoint.kind === 'sse') return 'a stream cannot be repeated as one request';
  const exchange = exampleOf(endpoint, exchanges);
  if (exchange?.response == null) return 'no successful answer was recorded to compare with';
  if (!URL.canParse(exchange.request.url)) return 'its recorded address cannot be read';
  const url = new URL(exchange.request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'it is neither http nor https';
  if (url.pathname.split('/').some((word) => policy.effectWords.test(word)))
    return 'its name says that it changes or counts something, so it is not repeated';
  url.username = '';
  url.password = '';
  url.hash = '';
  const session: ReplayRequest = { url: url.href, headers: sentHeaders(exchange.request.headers) };
  const secrets = dictionary
    .filter(({ value, propagate }) => propagate && value.length >= MIN_SECRET)
    .map(({ value }) => value);
  const { request: anonymous, removed, left } = withoutCredentials(session, endpoint, secrets);
  if (left) return 'its path holds a value that belongs to the recorded session';
  const { response } = exchange;
  return {
    endpoint,
    exchange: exchange.id,
    method,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    authority: `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`,
    anonymous,
    session,
    hasCredentials: removed > 0,
    recorded: {
      status: response.status,
      mimeType: (headerValue(response.headers, 'content-type') ?? response.mimeType).split(';', 1)[0]?.trim() ?? '',
      headers: response.headers,
      text: response.body?.truncated === true ? null : (response.body?.text ?? null),
    },
  };
}
