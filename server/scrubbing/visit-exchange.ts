import type { Body, Exchange, Message } from '#shared/exchange.ts';
import { decodeBase64Text } from './codecs.ts';
import { isPlaceholder } from './placeholders.ts';
import { boundaryOf, scanMultipart } from './scan-multipart.ts';
import { looksLikeForm, scanForm, scanText, scanUrlText } from './scan-text.ts';
import { scanHeader } from './scan-header.ts';
import type { Span } from './span.ts';

/** Largest body that is read, in characters; a larger one leaves as a stub. */
const BODY_CHARS_MAX = 32_000_000;

/** Called for every text of an exchange, always in the same order; returns what stands there in the twin. */
type VisitText = (text: string, scan: () => Span[]) => string;

interface ExchangeVisitor {
  text: VisitText;
  /** HMAC of bytes that stay behind. */
  digest: (bytes: Uint8Array | string) => string;
}

const TEXTUAL =
  /^(?:text\/|application\/(?:[\w.+-]*(?:json|xml|javascript|ecmascript|graphql|yaml|csp-report)|x-www-form-urlencoded|x-ndjson))|^multipart\//i;
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

const isBinaryText = (body: Body, text: string): boolean =>
  BINARY.test(text.slice(0, 8192)) && !TEXTUAL.test(body.mimeType);

function scanBody(text: string, mimeType: string, sent: boolean): Span[] {
  const mime = mimeType.toLowerCase();
  if (mime.startsWith('multipart/') || text.startsWith('--')) {
    const boundary = boundaryOf(mimeType, text);
    if (boundary !== null && text.includes(boundary)) return scanMultipart(text, boundary);
  }
  if (mime.includes('x-www-form-urlencoded') || (sent && looksLikeForm(text))) return scanForm(text);
  return scanText(text, sent);
}

function visitBody(body: Body | null, sent: boolean, visitor: ExchangeVisitor): Body | null {
  if (body === null) return null;
  const { text: own, base64, sha256, ...rest } = body;
  const keyed = (bytes: Uint8Array | string): string => `rdx_${visitor.digest(bytes)}`;
  const hashed = sha256 === undefined ? {} : { sha256: isPlaceholder(sha256) ? sha256 : keyed(sha256) };
  const stub = (bytes: Uint8Array | string): Body => ({ ...rest, lost: 'policy', sha256: keyed(bytes) });
  const text = own ?? (base64 !== undefined && base64.length < BODY_CHARS_MAX ? decodeBase64Text(base64) : null);
  if (text === null) return base64 === undefined ? { ...rest, ...hashed } : stub(Buffer.from(base64, 'base64'));
  if (text.length > BODY_CHARS_MAX || isBinaryText(body, text)) return stub(text);
  return { ...rest, ...hashed, text: visitor.text(text, () => scanBody(text, body.mimeType, sent)) };
}

function visitMessage(message: Message, visitor: ExchangeVisitor): Message {
  const { base64, ...rest } = message;
  const text = base64 === true ? decodeBase64Text(message.data) : message.data;
  if (text === null) return { ...rest, data: `rdx_binary_${visitor.digest(message.data).slice(0, 16)}` };
  return { ...rest, data: visitor.text(text, () => scanText(text, message.direction === 'sent')) };
}

/**
 * Rebuilds an exchange from what the visitor makes of its texts: URLs, headers, bodies, messages, error text, initiator.
 * Bytes that cannot be read as text are left out with `lost: "policy"`, their size and their keyed digest.
 */
export function visitExchange(exchange: Exchange, visitor: ExchangeVisitor): Exchange {
  const url = (text: string): string => visitor.text(text, () => scanUrlText(text));
  const plain = (text: string): string => (text === '' ? text : visitor.text(text, () => scanText(text, false)));
  const headers = (list: Exchange['request']['headers'], sent: boolean): Exchange['request']['headers'] =>
    list.map(([name, value]) => [name, visitor.text(value, () => scanHeader(name, value, sent))]);
  const { request, response, initiator } = exchange;
  return {
    ...exchange,
    documentUrl: exchange.documentUrl === null ? null : url(exchange.documentUrl),
    initiator: initiator.url === undefined ? initiator : { ...initiator, url: url(initiator.url) },
    request: {
      ...request,
      url: url(request.url),
      headers: headers(request.headers, true),
      body: visitBody(request.body, true, visitor),
    },
    response:
      response === null
        ? null
        : {
            ...response,
            statusText: plain(response.statusText),
            headers: headers(response.headers, false),
            body: visitBody(response.body, false, visitor),
          },
    error: exchange.error === null ? null : { ...exchange.error, text: plain(exchange.error.text) },
    messages: exchange.messages.map((message) => visitMessage(message, visitor)),
  };
}
