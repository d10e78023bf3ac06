import type { Exchange } from '#shared/exchange.ts';
import type { Auth } from '#shared/report.ts';
import { readPairs, type Address } from '../address.ts';
import { requestType } from '../body-reading.ts';

/** A credential that one request carried; `value` is the scrubbed text that stood there. */
export interface Credential {
  kind: Auth['kind'];
  in: NonNullable<Auth['in']>;
  name: string;
  value: string;
}

const API_KEY =
  /^(?:x-)?(?:.*-)?(?:api-?key|apikey|app-?key|application-?key|subscription-key|access-key|client-key|app-?id|application-id|api-?token|auth-?token|access-?token|private-?token|session-?token|id-?token|user-?token|authorization)$/i;
const CSRF = /(?:csrf|xsrf|requestverificationtoken|crumb)/i;
const SIGNED = /(?:^|-)(?:signature|sign|hmac|amz-content-sha256|request-sig|payload-hash)$/i;
const QUERY_KEY =
  /^(?:api_?key|apikey|key|access_?token|auth_?token|token|appid|app_?id|client_?id|subscription-key|hapikey|x-api-key|auth)$/i;
const QUERY_SIGNED = /^(?:sig|signature|x-amz-signature|x-goog-signature|hmac|sign)$/i;
const SESSION_COOKIE =
  /(?:sess|^sid$|_sid$|^s_id|auth|token|jwt|login|user_?id|identity|remember|account|^id$|\.aspx|phpsessid|jsessionid|connect\.sid|^at$|^rt$|access|refresh|member|credential)/i;
const NOT_SESSION =
  /^(?:_ga|_gid|_gat|_fbp|_fbc|__utm|optanon|_hj|ajs_|amplitude|mp_|_gcl|_uet|__cf|cf_|_abck|ak_|bm_|datadome|_px|incap_|visid_|nlbi_|reese84|aws-waf|kp_|_clck|_clsk|intercom|_dd_s)|consent|analytics|utag|sessioncamera/i;

function fromAuthorization(value: string): Pick<Credential, 'kind' | 'value'> {
  const [scheme = '', rest = ''] = value.split(/\s+(.*)/s);
  const lower = scheme.toLowerCase();
  if (lower === 'bearer') return { kind: 'bearer', value: rest };
  if (lower === 'basic') return { kind: 'basic', value: rest };
  if (/^(?:digest|aws4-hmac-sha256|hawk|oauth|signature|hmac.*|ntlm|negotiate)$/.test(lower) && rest !== '')
    return { kind: 'signature', value: rest };
  return { kind: 'api-key', value: rest === '' ? value : rest };
}

export const readCookies = (header: string): [string, string][] =>
  header.split(';').flatMap((part): [string, string][] => {
    const equals = part.indexOf('=');
    return equals <= 0 ? [] : [[part.slice(0, equals).trim(), part.slice(equals + 1).trim()]];
  });

/** What a request proves itself with, in the order it stands there. */
export function readCredentials(exchange: Exchange, address: Address): Credential[] {
  const found: Credential[] = [];
  for (const [name, value] of exchange.request.headers) {
    const lower = name.toLowerCase();
    if (lower === 'authorization') found.push({ ...fromAuthorization(value), in: 'header', name: lower });
    else if (lower === 'cookie') {
      for (const [cookie, text] of readCookies(value)) {
        if (SESSION_COOKIE.test(cookie) && !NOT_SESSION.test(cookie) && !CSRF.test(cookie))
          found.push({ kind: 'cookie', in: 'cookie', name: cookie, value: text });
      }
    } else if (CSRF.test(lower)) found.push({ kind: 'csrf', in: 'header', name: lower, value });
    else if (SIGNED.test(lower)) found.push({ kind: 'signature', in: 'header', name: lower, value });
    else if (API_KEY.test(lower) && !lower.startsWith('proxy-') && !lower.startsWith('sec-'))
      found.push({ kind: 'api-key', in: 'header', name: lower, value });
  }
  for (const [name, value] of address.query) {
    if (value === null || value === '') continue;
    if (QUERY_SIGNED.test(name)) found.push({ kind: 'signature', in: 'query', name, value });
    else if (QUERY_KEY.test(name) && value.length >= 8) found.push({ kind: 'api-key', in: 'query', name, value });
  }
  const { body } = exchange.request;
  if (body?.text !== undefined && requestType(exchange) === 'application/x-www-form-urlencoded') {
    for (const [name, value] of readPairs(body.text)) {
      if (value === null || value.length < 8) continue;
      if (CSRF.test(name) || name === 'authenticity_token') found.push({ kind: 'csrf', in: 'body', name, value });
      else if (/^(?:token|api_?key|access_?token)$/i.test(name))
        found.push({ kind: 'api-key', in: 'body', name, value });
    }
  }
  return found;
}

const MAX_COOKIES = 4;

/** One entry per kind and place, with the earliest answer that held the value. */
export function describeAuth(
  requests: readonly { exchange: Exchange; credentials: readonly Credential[] }[],
  firstSeen: (value: string, before: Exchange) => string | null,
): Auth[] {
  const found = new Map<string, Auth>();
  for (const { exchange, credentials } of requests) {
    for (const { kind, in: place, name, value } of credentials) {
      const key = `${kind} ${place} ${name}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { kind, in: place, name, from: firstSeen(value, exchange) });
      else known.from ??= firstSeen(value, exchange);
    }
  }
  let cookies = 0;
  const all = [...found.values()].filter(({ kind }) => kind !== 'cookie' || ++cookies <= MAX_COOKIES);
  return all.length > 0 ? all : [{ kind: 'none', in: null, name: null, from: null }];
}
