import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const GZIP_FROM_BYTES = 1000;
const BODY_LIMIT_BYTES = 64_000;

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

type Headers = Readonly<Record<string, string>>;

export function sendText(
  { request, response }: Exchange,
  status: number,
  type: string,
  text: string,
  headers: Headers = {},
) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(request.method === 'HEAD' ? undefined : text);
}

/** JSON, compressed when it is long and the client takes gzip. */
export function sendJson({ request, response }: Exchange, status: number, value: unknown, headers: Headers = {}) {
  const plain = Buffer.from(JSON.stringify(value));
  const zipped = plain.length > GZIP_FROM_BYTES && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const body = zipped ? gzipSync(plain) : plain;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    vary: 'Accept-Encoding',
    ...(zipped && { 'content-encoding': 'gzip' }),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function sendProblem(exchange: Exchange, status: number, code: string, message: string, headers: Headers = {}) {
  sendJson(exchange, status, { error: { code, message } }, headers);
}

/** JSON with an entity tag; 304 when the client has it already. */
export function sendTagged(exchange: Exchange, value: unknown) {
  const tag = `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)}"`;
  const headers = { etag: tag, 'cache-control': 'no-cache' };
  if (exchange.request.headers['if-none-match'] === tag) exchange.response.writeHead(304, headers).end();
  else sendJson(exchange, 200, value, headers);
}

/** The parsed JSON body; undefined when it is none or too long. A request without a set encoding yields buffers. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  if (bytes > BODY_LIMIT_BYTES) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

export function readCookie(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}
