import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** An answer of the protocol that is not a success. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number) {
    super(code);
    this.code = code;
    this.status = status;
  }
}

const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', 400);
  }
};

const headerText = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().replace(/ +/g, ' ');
};

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .map(([key, value]) => [encode(key), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('&');

const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/;
const SKEW_MS = 15 * 60_000;

const timeOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

export interface SignedRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  now: Date;
}

/**
 * Checks AWS Signature Version 4 in the `Authorization` header, as Amazon describes it. Throws `S3Error` (403, 400). Returns
 * the payload hash that the client signed.
 */
export function verifySignature(
  { method, url, headers, now }: SignedRequest,
  keys: S3Credentials,
): { payload: string } {
  const parts = AUTHORIZATION.exec(headers.authorization ?? '');
  if (!parts) throw new S3Error('AccessDenied', 403);
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  const [accessKeyId, day = '', region = '', service = '', terminator = ''] = credential.split('/');
  if (accessKeyId !== keys.accessKeyId) throw new S3Error('InvalidAccessKeyId', 403);
  const stamp = headerText(headers, 'x-amz-date');
  const skew = Math.abs(timeOf(stamp) - now.getTime());
  if (!(skew <= SKEW_MS) || !stamp.startsWith(day)) throw new S3Error('RequestTimeTooSkewed', 403);
  const names = signedHeaders.split(';');
  if (!names.includes('host')) throw new S3Error('AccessDenied', 403);
  for (const name of Object.keys(headers))
    if (name.startsWith('x-amz-') && !names.includes(name)) throw new S3Error('AccessDenied', 403);
  const payload = headerText(headers, 'x-amz-content-sha256');
  const canonical = [
    method,
    url.pathname
      .split('/')
      .map((part) => encode(decode(part)))
      .join('/'),
    canonicalQuery(url.searchParams),
    ...names.map((name) => `${name}:${headerText(headers, name)}`),
    '',
    signedHeaders,
    payload,
  ].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${keys.secretAccessKey}`, day), region), service), terminator);
  const scope = [day, region, service, terminator].join('/');
  const wanted = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n'));
  if (!timingSafeEqual(wanted, Buffer.from(signature, 'hex'))) throw new S3Error('SignatureDoesNotMatch', 403);
  return { payload };
}
