import type { Exchange } from '#shared/exchange.ts';
import type { Endpoint, Report } from '#shared/report.ts';
import type { JsonSchema } from '#shared/json-schema.ts';
import { listCredentials, type Credential } from './credentials.ts';
import { indexExchanges, readExampleCall, scalarType, type ExchangeIndex, type Scalar } from './example-call.ts';
import { answerSchema, findCursorPath, findRecordsPath } from './records.ts';
import { encodePathLiteral, splitTemplate } from './template.ts';

export type StarterSource = Pick<
  Report,
  'target' | 'intent' | 'createdAt' | 'endpoints' | 'dependencies' | 'validation'
>;

export interface StarterParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  type: 'string' | 'number' | 'boolean';
  required: boolean;
  example: Scalar | undefined;
}

export type Paging =
  | { style: 'page' | 'offset'; parameter: string }
  | { style: 'cursor'; parameter: string; next: string[] }
  | { style: 'link' };

/** What one generated function does, in no language yet. */
export interface StarterCall {
  endpoint: Endpoint;
  origin: string;
  /** Encoded text, or the name of a path parameter. */
  path: ({ literal: string } | { parameter: string })[];
  parameters: StarterParameter[];
  headers: [string, string][];
  credentials: Credential[];
  body: { kind: 'json' | 'form'; example: unknown; schema: JsonSchema } | null;
  answer: JsonSchema | null;
  paging: Paging | null;
  records: string[] | null;
  /** Only reads, as far as its method and kind tell. */
  safe: boolean;
}

export interface StarterPlan {
  source: StarterSource;
  paceMs: number;
  calls: StarterCall[];
  origins: string[];
  credentials: Credential[];
  /** Endpoints that answer the intent but got no function, each with the reason. */
  skipped: { label: string; reason: string }[];
  /** The call that the example run makes. */
  example: StarterCall | null;
}

const CALL_LIMIT = 8;
const CREDENTIAL_HEADERS = new Set([
  'authorization',
  'cookie',
  'host',
  'content-length',
  'content-type',
  'accept',
  'user-agent',
  'connection',
  'accept-encoding',
]);
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;

function whyNoFunction(endpoint: Endpoint): string | null {
  if (!/^https?:\/\//.test(endpoint.origin)) return 'it is not spoken over plain HTTP';
  if (endpoint.kind === 'websocket') return 'it is a WebSocket';
  if (endpoint.kind === 'sse') return 'it is a stream that stays open';
  if (endpoint.auth.some(({ kind }) => kind === 'signature')) return 'each request is signed by the page’s own code';
  const media = endpoint.requests[0]?.mediaType ?? '';
  if (media !== '' && !/json|graphql|x-www-form-urlencoded/i.test(media)) return `its body is ${media}`;
  return null;
}

function planBody(endpoint: Endpoint, example: unknown): StarterCall['body'] {
  const payload = endpoint.requests[0];
  if (!payload) return null;
  const kind = /x-www-form-urlencoded/i.test(payload.mediaType) ? 'form' : 'json';
  const fields =
    kind === 'form' && typeof example === 'string' ? Object.fromEntries(new URLSearchParams(example)) : example;
  return { kind, example: fields ?? {}, schema: payload.schema };
}

function planPaging(endpoint: Endpoint, source: StarterSource, parameters: readonly StarterParameter[]): Paging | null {
  const { pagination } = endpoint;
  if (!pagination) return null;
  if (pagination.style === 'link') return { style: 'link' };
  const parameter = pagination.parameter;
  if (parameter === null || !parameters.some((item) => item.in === 'query' && item.name === parameter)) return null;
  if (pagination.style !== 'cursor') return { style: pagination.style, parameter };
  const next = findCursorPath(endpoint, source.dependencies);
  return next ? { style: 'cursor', parameter, next } : null;
}

function planCall(endpoint: Endpoint, source: StarterSource, exchanges: ExchangeIndex): StarterCall {
  const example = readExampleCall(endpoint, exchanges);
  const credentials = listCredentials(endpoint, source);
  const isCredential = (place: string, name: string): boolean =>
    credentials.some((item) => item.send === place && item.name.toLowerCase() === name.toLowerCase());
  const path = splitTemplate(endpoint.template.startsWith('/') ? endpoint.template : `/${endpoint.template}`).map(
    (part) => ('literal' in part ? { literal: encodePathLiteral(part.literal) } : part),
  );
  const parameters: StarterParameter[] = [];
  for (const part of path) {
    if (!('parameter' in part) || parameters.some(({ name }) => name === part.parameter)) continue;
    const known = endpoint.parameters.find((item) => item.in === 'path' && item.name === part.parameter);
    const value = example.values.get(`path:${part.parameter}`);
    parameters.push({
      name: part.parameter,
      in: 'path',
      type: known ? scalarType(known) : 'string',
      required: true,
      example: value,
    });
  }
  const headers: [string, string][] = [];
  for (const item of endpoint.parameters) {
    const value = example.values.get(`${item.in}:${item.name}`);
    if (item.in === 'query' && !isCredential('query', item.name)) {
      parameters.push({
        name: item.name,
        in: 'query',
        type: scalarType(item),
        required: item.required,
        example: value,
      });
    }
    const usable =
      item.in === 'header' && HEADER_NAME.test(item.name) && !CREDENTIAL_HEADERS.has(item.name.toLowerCase());
    if (usable && !isCredential('header', item.name) && value !== undefined && HEADER_VALUE.test(String(value))) {
      headers.push([item.name, String(value)]);
    }
  }
  const body = planBody(endpoint, example.body);
  if (example.accept !== null) headers.push(['Accept', example.accept]);
  if (example.userAgent !== null) headers.push(['User-Agent', example.userAgent]);
  if (body)
    headers.push(['Content-Type', body.kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded']);
  const answer = answerSchema(endpoint);
  const readsOnly = /^(GET|HEAD)$/i.test(endpoint.method);
  return {
    endpoint,
    origin: endpoint.origin,
    path,
    parameters,
    headers,
    credentials,
    body,
    answer,
    paging: planPaging(endpoint, source, parameters),
    records: findRecordsPath(answer),
    safe: readsOnly || (endpoint.kind === 'graphql' && !/^\s*(mutation|subscription)\b/.test(queryText(body?.example))),
  };
}

function queryText(body: unknown): string {
  return typeof body === 'object' && body !== null && 'query' in body && typeof body.query === 'string'
    ? body.query
    : 'mutation';
}

/** `paceMs`: least time between two requests. */
export function planStarter(source: StarterSource, exchanges: readonly Exchange[], paceMs = 2000): StarterPlan {
  const index = indexExchanges(exchanges);
  const failed = new Set(
    source.validation.sufficient.filter(({ client }) => client === null).map((item) => item.endpoint),
  );
  const answers = source.endpoints.filter(({ bucket }) => bucket === 'A');
  const proven = answers.filter(({ id }) => !failed.has(id));
  const answering = proven.length > 0 ? proven : answers;
  const wanted =
    answering.length > 0 ? answering : source.endpoints.filter((item) => item.bucket === 'B' && item.method === 'GET');
  const skipped: StarterPlan['skipped'] = [];
  const calls: StarterCall[] = [];
  for (const endpoint of wanted) {
    const label = `${endpoint.method} ${endpoint.template}`;
    const reason =
      whyNoFunction(endpoint) ?? (calls.length >= CALL_LIMIT ? `only the first ${CALL_LIMIT} are written here` : null);
    if (reason === null) calls.push(planCall(endpoint, source, index));
    else if (skipped.length < 20) skipped.push({ label, reason });
  }
  const ready = (call: StarterCall): boolean =>
    call.safe && call.parameters.every(({ required, example }) => !required || example !== undefined);
  const candidates = calls.filter(ready);
  const credentials = new Map(calls.flatMap((call) => call.credentials.map((item) => [item.env, item] as const)));
  return {
    source,
    paceMs,
    calls,
    origins: [...new Set(calls.map(({ origin }) => origin))],
    credentials: [...credentials.values()],
    skipped,
    example: candidates.find((call) => call.credentials.length === 0) ?? candidates[0] ?? null,
  };
}
