import { headerValue, type Body, type Exchange, type Header } from '#shared/exchange.ts';
import { VERSION } from '#shared/version.ts';
import type { Exporter } from './exporter.ts';

const pairs = (headers: readonly Header[]): { name: string; value: string }[] =>
  headers.map(([name, value]) => ({ name, value }));

function readCookies(header: string | undefined): { name: string; value: string }[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? { name: pair, value: '' } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
    });
}

function readSetCookies(headers: readonly Header[]): { name: string; value: string }[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .flatMap(([, value]) => value.split('\n'))
    .flatMap((line) => readCookies(line.split(';')[0]));
}

function readQuery(url: string): { name: string; value: string }[] {
  if (!URL.canParse(url)) return [];
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

function writePostData(body: Body | null): Record<string, unknown> {
  if (!body) return {};
  const form = /x-www-form-urlencoded/i.test(body.mimeType) && body.text !== undefined;
  return {
    postData: {
      mimeType: body.mimeType,
      text: body.text ?? body.base64 ?? '',
      ...(form ? { params: [...new URLSearchParams(body.text)].map(([name, value]) => ({ name, value })) } : {}),
      ...(body.base64 === undefined ? {} : { _encoding: 'base64' }),
      ...(body.lost === undefined ? {} : { comment: `not recorded: ${body.lost}` }),
    },
  };
}

function writeContent(body: Body | null, mimeType: string): Record<string, unknown> {
  return {
    size: body?.bytes ?? 0,
    mimeType: body?.mimeType || mimeType || 'x-unknown',
    ...(body?.text === undefined ? {} : { text: body.text }),
    ...(body?.base64 === undefined ? {} : { text: body.base64, encoding: 'base64' }),
    ...(body?.lost === undefined ? {} : { comment: `not recorded: ${body.lost}` }),
  };
}

function writeEntry(exchange: Exchange, pageref: string | undefined): Record<string, unknown> {
  const { request, response } = exchange;
  const time = Math.max(0, exchange.durationMs ?? 0);
  return {
    ...(pageref === undefined ? {} : { pageref }),
    startedDateTime: exchange.startedAt,
    time,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: request.httpVersion ?? 'unknown',
      cookies: readCookies(headerValue(request.headers, 'cookie')),
      headers: pairs(request.headers),
      queryString: readQuery(request.url),
      ...writePostData(request.body),
      headersSize: -1,
      bodySize: request.body?.bytes ?? 0,
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.statusText ?? '',
      httpVersion: response?.httpVersion ?? 'unknown',
      cookies: readSetCookies(response?.headers ?? []),
      headers: pairs(response?.headers ?? []),
      content: writeContent(response?.body ?? null, response?.mimeType ?? ''),
      redirectURL: (response && headerValue(response.headers, 'location')) ?? '',
      headersSize: -1,
      bodySize: -1,
      ...(exchange.error === null ? {} : { _error: exchange.error.text }),
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _resourceType: exchange.resourceType,
    _exchange: exchange.id,
    ...(exchange.messages.length === 0
      ? {}
      : {
          _webSocketMessages: exchange.messages.map(({ direction, t, data, base64 }) => ({
            type: direction === 'sent' ? 'send' : 'receive',
            time: (Date.parse(exchange.startedAt) + t) / 1000,
            opcode: base64 === true ? 2 : 1,
            data,
          })),
        }),
  };
}

/** HAR 1.2 of the scrubbed exchanges, with the ids that the report refers to. */
export const harExporter: Exporter = {
  id: 'har',
  title: 'Recording as HAR',
  description: 'Every recorded exchange with secrets replaced; opens in browser developer tools.',
  paths: ['capture.har'],
  mediaType: 'application/json',
  write: (_report, exchanges) => {
    const pageOf = new Map<string, string>();
    const pages = exchanges
      .filter(({ resourceType }) => resourceType === 'document')
      .map((exchange) => {
        const id = `page_${exchange.id}`;
        if (!pageOf.has(exchange.request.url)) pageOf.set(exchange.request.url, id);
        return { startedDateTime: exchange.startedAt, id, title: exchange.request.url, pageTimings: {} };
      });
    const entries = exchanges.map((exchange) =>
      writeEntry(
        exchange,
        exchange.resourceType === 'document'
          ? `page_${exchange.id}`
          : exchange.documentUrl === null
            ? undefined
            : pageOf.get(exchange.documentUrl),
      ),
    );
    const log = { version: '1.2', creator: { name: 'browser-recon', version: VERSION }, pages, entries };
    return [{ path: 'capture.har', mediaType: 'application/json', text: JSON.stringify({ log }) }];
  },
};
