import { headerValue, type Exchange, type Header, type Message } from '#shared/exchange.ts';
import { readCookies, readHeaders, readRequestBody, readResponseBody } from './har-body.ts';
import { isLoose, listOf, looseOf, numberOf, textOf, type Loose } from './loose.ts';

/** An exchange, or why the entry gives none. */
type EntryOutcome = { exchange: Exchange } | { reason: string };

interface EntryContext {
  /** Index of the entry in the file. */
  index: number;
  /** Address of the page by its id. */
  pages: ReadonlyMap<string, string>;
  /** Start of the entry before, for entries without a time. */
  fallbackStart: string;
}

const isPseudo = ([name]: Header): boolean => name.startsWith(':');

function readUrl(request: Loose): { url: string } | { reason: string } {
  const written = textOf(request['url'])?.trim();
  if (written === undefined || written === '') return { reason: 'the entry has no address' };
  let url: URL;
  try {
    url = new URL(written);
  } catch {
    return { reason: 'the address is not a complete URL' };
  }
  if (!/^(?:https?|wss?):$/.test(url.protocol)) return { reason: 'not sent over the network' };
  if (url.search !== '' || written.includes('?')) return { url: written };
  const pairs = listOf(request['queryString']).flatMap((item) => {
    const pair = looseOf(item);
    const name = textOf(pair['name']);
    return name === undefined ? [] : [`${encodePart(name)}=${encodePart(textOf(pair['value']) ?? '')}`];
  });
  if (pairs.length === 0) return { url: written };
  const [address = written, fragment] = written.split('#');
  return { url: `${address}?${pairs.join('&')}${fragment === undefined ? '' : `#${fragment}`}` };
}

/** Names and values of the list may be encoded already; both come out encoded once. */
function encodePart(text: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(text));
  } catch {
    return encodeURIComponent(text.toWellFormed());
  }
}

function readStart(entry: Loose, fallback: string): string {
  const written = entry['startedDateTime'] ?? entry['startedDateTimeMs'] ?? entry['timestamp'];
  const time = typeof written === 'number' ? written : Date.parse(textOf(written) ?? '');
  return Number.isFinite(time) && Math.abs(time) < 8e15 ? new Date(time).toISOString() : fallback;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^text\/event-stream/i, 'eventsource'],
  [/html/i, 'document'],
  [/json|xml(?!\+)|graphql|x-ndjson|protobuf|grpc/i, 'xhr'],
  [/javascript|ecmascript/i, 'script'],
  [/css/i, 'stylesheet'],
  [/^image\//i, 'image'],
  [/^font\/|font-|woff/i, 'font'],
  [/^(?:audio|video)\//i, 'media'],
];

function readKind(entry: Loose, url: string, method: string, request: readonly Header[], mimeType: string): string {
  const told = textOf(entry['_resourceType'])?.toLowerCase();
  if (method === 'OPTIONS' && headerValue(request, 'access-control-request-method') !== undefined) return 'preflight';
  if (/^wss?:/i.test(url) || Array.isArray(entry['_webSocketMessages'])) return 'websocket';
  if (told !== undefined && told !== '') return told;
  const dest = headerValue(request, 'sec-fetch-dest');
  if (dest === 'document' || dest === 'iframe') return 'document';
  if (headerValue(request, 'x-requested-with') !== undefined || dest === 'empty') return 'xhr';
  const kind = KINDS.find(([pattern]) => pattern.test(mimeType))?.[1] ?? 'other';
  const wants = headerValue(request, 'accept') ?? 'text/html';
  return kind === 'document' && (method !== 'GET' || !/text\/html|\*\/\*/.test(wants)) ? 'xhr' : kind;
}

function readInitiator(entry: Loose): Exchange['initiator'] {
  const initiator = looseOf(entry['_initiator']);
  const frame = looseOf(listOf(looseOf(initiator['stack'])['callFrames'])[0]);
  const url = textOf(initiator['url']) ?? textOf(frame['url']);
  const type = textOf(initiator['type']) ?? textOf(entry['_initiator_type']) ?? 'other';
  return url === undefined || url === '' ? { type } : { type, url };
}

function readMessages(entry: Loose, startMs: number): Message[] {
  return listOf(entry['_webSocketMessages']).flatMap((item): Message[] => {
    if (!isLoose(item)) return [];
    const seconds = numberOf(item['time']);
    const data = textOf(item['data']) ?? (item['data'] === undefined ? '' : JSON.stringify(item['data']));
    return [
      {
        t: seconds === undefined ? 0 : Math.max(0, (seconds > 1e11 ? seconds : seconds * 1000) - startMs),
        direction: /send|sent|request|outgoing/i.test(textOf(item['type']) ?? '') ? 'sent' : 'received',
        data,
        ...(numberOf(item['opcode']) === 2 ? { base64: true } : {}),
      },
    ];
  });
}

function readCacheKind(entry: Loose): 'disk' | 'memory' | 'service-worker' | null {
  const from = textOf(entry['_fromCache'])?.toLowerCase();
  if (from === 'disk' || from === 'memory') return from;
  return entry['_fetchedViaServiceWorker'] === true ? 'service-worker' : null;
}

function readResponse(entry: Loose): Exchange['response'] {
  const response = entry['response'];
  if (!isLoose(response)) return null;
  const status = Math.trunc(numberOf(response['status']) ?? 0);
  if (status < 100 || status > 999) return null;
  const headers = readHeaders(response['headers']).filter((header) => !isPseudo(header));
  if (headerValue(headers, 'set-cookie') === undefined) {
    for (const { name, value } of readCookies(response['cookies'])) headers.push(['Set-Cookie', `${name}=${value}`]);
  }
  const content = looseOf(response['content']);
  const declared = textOf(content['mimeType']);
  const mimeType =
    declared === undefined || declared === 'x-unknown' ? (headerValue(headers, 'content-type') ?? '') : declared;
  const address = textOf(entry['serverIPAddress']);
  const version = textOf(response['httpVersion']);
  return {
    status,
    statusText: textOf(response['statusText']) ?? '',
    headers,
    mimeType: (mimeType.split(';')[0] ?? '').trim().toLowerCase(),
    fromCache: readCacheKind(entry),
    body: readResponseBody(response, status, mimeType),
    ...(address === undefined || address === '' ? {} : { remoteAddress: address }),
    ...(version === undefined || version === '' ? {} : { httpVersion: version }),
  };
}

/** One entry of a HAR in any dialect; every value may be missing, of another type or empty. */
export function readEntry(value: unknown, context: EntryContext): EntryOutcome {
  if (!isLoose(value)) return { reason: 'the entry is not an object' };
  const request = value['request'];
  if (!isLoose(request)) return { reason: 'the entry has no request' };
  const address = readUrl(request);
  if ('reason' in address) return address;
  const { url } = address;
  const all = readHeaders(request['headers']);
  const headers = all.filter((header) => !isPseudo(header));
  const cookies = readCookies(request['cookies']);
  if (cookies.length > 0 && headerValue(headers, 'cookie') === undefined) {
    headers.push(['Cookie', cookies.map(({ name, value: held }) => `${name}=${held}`).join('; ')]);
  }
  const method = (textOf(request['method']) ?? headerValue(all, ':method') ?? 'GET').toUpperCase() || 'GET';
  const startedAt = readStart(value, context.fallbackStart);
  const response = readResponse(value);
  const duration = numberOf(value['time']);
  const failure = textOf(value['_error']) ?? textOf(looseOf(value['response'])['_error']);
  const page = context.pages.get(textOf(value['pageref']) ?? '');
  const version = textOf(request['httpVersion']);
  const noAnswer = failure === undefined || failure === '' ? 'The file holds no response.' : failure;
  return {
    exchange: {
      id: `x${context.index}`,
      requestId: `har-${context.index}`,
      hop: 0,
      startedAt,
      durationMs: duration === undefined || duration < 0 ? null : duration,
      resourceType: readKind(value, url, method, headers, response?.mimeType ?? ''),
      documentUrl: page ?? headerValue(headers, 'referer') ?? null,
      frameId: null,
      initiator: readInitiator(value),
      request: {
        method,
        url,
        headers,
        body: readRequestBody(request, headers),
        ...(version === undefined || version === '' ? {} : { httpVersion: version }),
      },
      response,
      error: response === null ? { text: noAnswer, canceled: /abort|cancel/i.test(noAnswer) } : null,
      incomplete: null,
      redirectTo: null,
      preflightOf: null,
      serviceWorkerPair: null,
      action: null,
      messages: readMessages(value, Date.parse(startedAt)),
    },
  };
}
