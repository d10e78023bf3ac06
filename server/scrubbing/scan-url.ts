import { scanPairs, type ScanNested } from './scan-pairs.ts';
import { percentCodec } from './codecs.ts';
import { isPlaceholder } from './placeholders.ts';
import type { Span } from './span.ts';
import { isRandomLooking } from './value-shape.ts';

const BEFORE_TOKEN =
  /^(?:reset|reset-?password|password-?reset|verify|verify-?email|verification|confirm|confirmation|confirm-?email|activate|activation|invite|invitation|accept-?invite|magic|magic-?link|token|tokens|unsubscribe|optout|sso|oauth|callback|auth|session|otp|webhook|webhooks)$/i;
const TOKEN_MIN = 20;

/** Secrets of a URL: its query, its fragment when that holds pairs, and a token after a path word such as `reset-password`. */
export function scanUrl(url: string, nested: ScanNested, spans: Span[]): void {
  const hash = url.indexOf('#');
  const beforeHash = hash === -1 ? url.length : hash;
  const question = url.indexOf('?');
  const pathEnd = question === -1 || question > beforeHash ? beforeHash : question;
  if (pathEnd < beforeHash) scanPairs(url, pathEnd + 1, beforeHash, 'query', nested, spans);
  if (hash !== -1) {
    const inner = url.indexOf('?', hash);
    scanPairs(url, (inner === -1 ? hash : inner) + 1, url.length, 'query', nested, spans);
  }
  const authority = url.indexOf('://');
  let at = authority === -1 ? 0 : url.indexOf('/', authority + 3);
  if (at === -1) return;
  let before = '';
  while (at < pathEnd) {
    const next = url.indexOf('/', at + 1);
    const end = next === -1 || next > pathEnd ? pathEnd : next;
    const segment = percentCodec.decode(url.slice(at + 1, end));
    if (BEFORE_TOKEN.test(before) && isRandomLooking(segment, TOKEN_MIN) && !isPlaceholder(segment)) {
      spans.push({ start: at + 1, end, codec: percentCodec, secret: { value: segment, type: 'token', strong: true } });
    }
    before = segment;
    at = end;
  }
}
