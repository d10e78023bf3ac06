import { headerValue, type Exchange } from '#shared/exchange.ts';
import type { EndpointFacts, Parameter } from '#shared/report.ts';
import { matchTemplate } from './template.ts';

export type Scalar = string | number | boolean;

/** One set of values that went together in the recording, as far as it was kept. */
export interface ExampleCall {
  /** By place and name: `path:productId`, `query:page`. */
  values: Map<string, Scalar>;
  body: unknown;
  accept: string | null;
  userAgent: string | null;
}

export type ExchangeIndex = ReadonlyMap<string, Exchange>;

export const indexExchanges = (exchanges: readonly Exchange[]): ExchangeIndex =>
  new Map(exchanges.map((exchange) => [exchange.id, exchange]));

export function scalarType(parameter: Parameter): 'string' | 'number' | 'boolean' {
  const { type } = parameter.schema;
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'boolean' : 'string';
}

function asScalar(parameter: Parameter, value: string): Scalar {
  const type = scalarType(parameter);
  if (type === 'number' && value !== '' && Number.isFinite(Number(value))) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function parseUrl(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

function parseBody(exchange: Exchange | undefined): unknown {
  const text = exchange?.request.body?.text;
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const PRINTABLE = /^[\x20-\x7e]{1,400}$/;
const printable = (value: string | undefined): string | null =>
  value !== undefined && PRINTABLE.test(value) ? value : null;

/** Prefers the values of the endpoint's best recorded exchange, then the examples kept with each parameter. */
export function readExampleCall(endpoint: EndpointFacts, exchanges: ExchangeIndex): ExampleCall {
  const exchange = endpoint.evidence.map((id) => exchanges.get(id)).find((found) => found !== undefined);
  const url = exchange ? parseUrl(exchange.request.url) : null;
  const path = url ? matchTemplate(endpoint.template, url.pathname) : null;
  const values = new Map<string, Scalar>();
  for (const parameter of endpoint.parameters) {
    const key = `${parameter.in}:${parameter.name}`;
    const seen =
      parameter.in === 'path'
        ? path?.get(parameter.name)
        : parameter.in === 'query'
          ? (url?.searchParams.get(parameter.name) ?? undefined)
          : undefined;
    const kept = parameter.examples[0];
    if (seen !== undefined) values.set(key, asScalar(parameter, seen));
    else if (kept !== undefined && (url === null || parameter.required || parameter.in === 'path'))
      values.set(key, kept);
  }
  return {
    values,
    body: endpoint.requests[0]?.example ?? parseBody(exchange),
    accept: printable(exchange && headerValue(exchange.request.headers, 'accept')),
    userAgent: printable(exchange && headerValue(exchange.request.headers, 'user-agent')),
  };
}
