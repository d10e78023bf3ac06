import { acceptsValue } from './accept-value.ts';
import { classifyName } from './classify-name.ts';
import { base64Codec, plainCodec, percentCodec } from './codecs.ts';
import { isPlaceholder } from './placeholders.ts';
import { scanText, scanUrlText } from './scan-text.ts';
import { settleSpans, type Span } from './span.ts';
import { isHarmlessPreference, isRandomLooking, isStandIn } from './value-shape.ts';
import { isPublicAddress } from './structures.ts';

const URL_HEADERS = new Set([
  'referer',
  'referrer',
  'location',
  'content-location',
  'origin',
  'x-original-url',
  'x-rewrite-url',
  ':path',
]);
const ADDRESS_HEADERS = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-real-ip',
  'x-client-ip',
  'client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'fastly-client-ip',
  'x-cluster-client-ip',
  'x-originating-ip',
  'x-remote-ip',
  'x-remote-addr',
  'x-user-ip',
  'x-original-forwarded-for',
]);
/** Headers of bot managers whose values stand for a visitor. */
const VISITOR_HEADERS = /^x-(?:kpsdk|datadome|px|d-token|acf-sensor|akam|shape|imperva)/;
const PUBLIC_PARAMETERS = new Set(
  'realm algorithm qop uri nc stale charset version method timestamp signedheaders oauth_version oauth_signature_method oauth_timestamp domain error error_description scope'.split(
    ' ',
  ),
);
const ATTRIBUTES = /^(?:path|domain|expires|max-age|samesite|secure|httponly|partitioned|priority|comment|version)$/i;

function cookiePair(text: string, from: number, to: number, spans: Span[]): void {
  while (from < to && text[from] === ' ') from++;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--;
  const equals = text.indexOf('=', from);
  const hasName = equals !== -1 && equals < to;
  const valueStart = hasName ? equals + 1 : from;
  const isQuoted = to - valueStart > 1 && text[valueStart] === '"' && text[to - 1] === '"';
  const start = isQuoted ? valueStart + 1 : valueStart;
  const end = isQuoted ? to - 1 : to;
  const written = text.slice(start, end);
  const codec = written.includes('%') ? percentCodec : plainCodec;
  const value = codec.decode(written);
  if (isHarmlessPreference(value) || isStandIn(value) || isPlaceholder(value)) return;
  const named = hasName ? classifyName(text.slice(from, equals)) : null;
  const type = named?.type === 'session' || named?.type === 'csrf' ? named.type : 'cookie';
  spans.push({ start, end, codec, secret: { value, type, strong: named !== null || !hasName } });
}

function scanCookie(value: string, spans: Span[]): void {
  for (let at = 0; at < value.length;) {
    const next = value.indexOf(';', at);
    const end = next === -1 ? value.length : next;
    if (end > at) cookiePair(value, at, end, spans);
    at = end + 1;
  }
}

/** One cookie a line, as the protocol joins them; the attributes stay. */
function scanSetCookie(value: string, spans: Span[]): void {
  for (let at = 0; at < value.length;) {
    const line = value.indexOf('\n', at);
    const lineEnd = line === -1 ? value.length : line;
    const semicolon = value.indexOf(';', at);
    const end = semicolon === -1 || semicolon > lineEnd ? lineEnd : semicolon;
    const name = value.slice(at, value.indexOf('=', at)).trim();
    if (end > at && !ATTRIBUTES.test(name)) cookiePair(value, at, end, spans);
    at = lineEnd + 1;
  }
}

function scanParameters(value: string, spans: Span[]): void {
  for (const match of value.matchAll(/([\w-]{1,64})\s{0,4}=\s{0,4}(?:"([^"]*)"|([^\s",]+))/g)) {
    const [whole, name = ''] = match;
    const held = match[2] ?? match[3] ?? '';
    if (held.length < 2 || PUBLIC_PARAMETERS.has(name.toLowerCase()) || isPlaceholder(held)) continue;
    const start = match.index + whole.lastIndexOf(held);
    spans.push({
      start,
      end: start + held.length,
      codec: plainCodec,
      secret: { value: held, type: 'authorization', strong: true },
    });
  }
}

function scanBasic(value: string, start: number, spans: Span[]): boolean {
  const written = value.slice(start).trim();
  const plain = Buffer.from(written, 'base64').toString();
  const colon = plain.indexOf(':');
  if (!/^[\w+/-]+=*$/.test(written) || colon === -1 || plain.includes('\ufffd')) return false;
  const inner: Span[] = [];
  const part = (from: number, to: number, type: string): void => {
    const held = plain.slice(from, to);
    if (held !== '' && !isPlaceholder(held)) {
      inner.push({ start: from, end: to, codec: plainCodec, secret: { value: held, type, strong: true } });
    }
  };
  part(0, colon, 'user-name');
  part(colon + 1, plain.length, 'password');
  if (inner.length > 0) spans.push({ start, end: start + written.length, codec: base64Codec, inner });
  return true;
}

function scanAuthorization(value: string, spans: Span[]): void {
  const scheme = /^\s*[A-Za-z][\w-]*\s+(?=\S)/.exec(value)?.[0] ?? '';
  const rest = value.slice(scheme.length).trimEnd();
  if (/^\s*basic\s/i.test(scheme) && scanBasic(value, scheme.length, spans)) return;
  if (scheme !== '' && /^[\w-]+\s*=\s*(?:"|[^=\s,]+(?:,|$))/.test(rest)) return scanParameters(value, spans);
  if (rest === '' || isPlaceholder(rest) || isStandIn(rest)) return;
  const start = scheme.length + (rest.length - rest.trimStart().length);
  const held = rest.trimStart();
  spans.push({
    start,
    end: start + held.length,
    codec: plainCodec,
    secret: { value: held, type: 'authorization', strong: true },
  });
}

function scanAddresses(value: string, spans: Span[]): void {
  for (const match of value.matchAll(/\[?[0-9a-fA-F:.]{3,45}\]?/g)) {
    const held = match[0].replace(/^\[|\]$/g, '').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
    if (!isPublicAddress(held)) continue;
    const start = match.index + match[0].indexOf(held);
    spans.push({
      start,
      end: start + held.length,
      codec: plainCodec,
      secret: { value: held, type: 'ip', strong: true },
    });
  }
}

function scanProtocols(value: string, spans: Span[]): void {
  for (const match of value.matchAll(/[^\s,]+/g)) {
    const held = match[0].slice(match[0].lastIndexOf('.', match[0].indexOf('authorization.') + 13) + 1);
    const start = match.index + match[0].length - held.length;
    if (isRandomLooking(held, 16) && !isPlaceholder(held)) {
      spans.push({
        start,
        end: start + held.length,
        codec: plainCodec,
        secret: { value: held, type: 'token', strong: true },
      });
    }
  }
}

/** Secrets of one header; `name` in any case. Set-Cookie attributes, schemes and parameter names stay. */
export function scanHeader(header: string, value: string, sent: boolean): Span[] {
  const name = header.toLowerCase();
  const spans: Span[] = [];
  if (name === 'cookie') scanCookie(value, spans);
  else if (name === 'set-cookie' || name === 'set-cookie2') scanSetCookie(value, spans);
  else if (name === 'authorization' || name === 'proxy-authorization' || name === 'x-authorization')
    scanAuthorization(value, spans);
  else if (name === 'www-authenticate' || name === 'proxy-authenticate' || name === 'authentication-info') {
    scanParameters(value, spans);
  } else if (URL_HEADERS.has(name)) return scanUrlText(value);
  else if (ADDRESS_HEADERS.has(name)) scanAddresses(value, spans);
  else if (name === 'sec-websocket-protocol') scanProtocols(value, spans);
  else {
    const named = classifyName(name);
    const scheme = /^(?:bearer|basic|token|apikey)\s+/i.exec(value)?.[0].length ?? 0;
    const held = value.slice(scheme).trim();
    if (
      (named !== null && acceptsValue(named, held, true)) ||
      (VISITOR_HEADERS.test(name) && isRandomLooking(held, 12))
    ) {
      const start = value.indexOf(held, scheme);
      const secret = { value: held, type: named?.type ?? 'token', strong: true };
      if (!isPlaceholder(held)) spans.push({ start, end: start + held.length, codec: plainCodec, secret });
    } else return scanText(value, sent);
  }
  if (spans.length === 0 && !name.includes('cookie')) return scanText(value, sent);
  return settleSpans(spans);
}
