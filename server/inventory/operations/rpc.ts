import { headerValue, type Exchange } from '#shared/exchange.ts';
import { readPairs, type Address } from '../address.ts';
import { requestType, type BodyReader } from '../body-reading.ts';
import { isRecord } from '../json-walk.ts';

const METHOD = /^[A-Za-z][\w.:/$-]{1,100}$/;

/** A call to a procedure named in the message and not in the path: JSON-RPC, AWS targets, SOAP actions, `?action=`. */
export function readRpc(exchange: Exchange, address: Address, read: BodyReader): string[] {
  const { headers, method, body } = exchange.request;
  const target = headerValue(headers, 'x-amz-target');
  if (target !== undefined && METHOD.test(target)) return [target];
  const soap = headerValue(headers, 'soapaction')?.replace(/^"|"$/g, '');
  if (soap !== undefined && soap !== '') return [soap.split(/[/#]/).at(-1) ?? soap];
  if (method === 'POST') {
    const calls = (read(body)?.values ?? []).flatMap((value) =>
      Array.isArray(value) ? (value as unknown[]) : [value],
    );
    const names = calls.map(jsonRpcMethod);
    if (names.length > 0 && names.every((name) => name !== null)) return [...new Set(names)];
  }
  const form =
    body?.text !== undefined && requestType(exchange) === 'application/x-www-form-urlencoded'
      ? readPairs(body.text)
      : [];
  return fromPairs([...address.query, ...form], address);
}

function jsonRpcMethod(call: unknown): string | null {
  if (!isRecord(call) || typeof call['method'] !== 'string' || !METHOD.test(call['method'])) return null;
  if (typeof call['jsonrpc'] === 'string') return call['method'];
  const keys = Object.keys(call).filter(
    (key) => !['method', 'params', 'id', 'version', 'sessionId', 'token'].includes(key),
  );
  return 'params' in call && keys.length === 0 && !/^(?:GET|POST|PUT|PATCH|DELETE)$/i.test(call['method'])
    ? call['method']
    : null;
}

function fromPairs(pairs: readonly [string, string | null][], address: Address): string[] {
  const valueOf = (wanted: string): string | null => pairs.find(([name]) => name === wanted)?.[1] ?? null;
  const aws = valueOf('Action');
  if (aws !== null && valueOf('Version') !== null && METHOD.test(aws)) return [aws];
  const script = /\.(?:php|asp|aspx|ashx|cgi|do|jsp|fcgi)$/i.test(address.segments.at(-1) ?? '');
  const action = script ? (valueOf('action') ?? valueOf('method') ?? valueOf('cmd') ?? valueOf('op')) : null;
  return action !== null && METHOD.test(action) ? [action] : [];
}
