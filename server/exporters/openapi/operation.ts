import { STATUS_CODES } from 'node:http';
import type { JsonSchema } from '#shared/json-schema.ts';
import type { Endpoint, Parameter, Payload, Report } from '#shared/report.ts';
import { describeSecurity, type SecurityScheme } from './security.ts';
import { alignPathParameters, type PathGroup } from './paths.ts';
import type { SchemaPool } from './schema.ts';

/** Built before the pool knows which shapes recur; `finish` puts the references in. */
export interface PendingOperation {
  method: string;
  schemes: Map<string, SecurityScheme>;
  finish: () => Record<string, unknown>;
}

const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);
const EVIDENCE_LIMIT = 20;

function mergeParameters(endpoints: readonly Endpoint[], group: PathGroup): Parameter[] {
  const merged = new Map<string, { parameter: Parameter; requiredIn: number }>();
  for (const endpoint of endpoints) {
    const others = endpoint.parameters.filter((item) => item.in !== 'path');
    for (const parameter of [...alignPathParameters(endpoint, group), ...others]) {
      if (parameter.name === '' || (parameter.in === 'header' && IGNORED_HEADERS.has(parameter.name.toLowerCase())))
        continue;
      const key = `${parameter.in}:${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`;
      const known = merged.get(key);
      if (!known) {
        merged.set(key, { parameter, requiredIn: parameter.required ? 1 : 0 });
        continue;
      }
      known.requiredIn += parameter.required ? 1 : 0;
      if (JSON.stringify(known.parameter.schema) !== JSON.stringify(parameter.schema)) {
        const before = known.parameter.schema.anyOf ?? [known.parameter.schema];
        known.parameter = { ...known.parameter, schema: { anyOf: [...before, parameter.schema] } };
      }
    }
  }
  return [...merged.values()].map(({ parameter, requiredIn }) => ({
    ...parameter,
    required: parameter.in === 'path' || requiredIn === endpoints.length,
  }));
}

function pendParameter(parameter: Parameter, pool: SchemaPool): () => Record<string, unknown> {
  const schema = pool.add(parameter.schema, parameter.name);
  const [example] = parameter.examples;
  return () => ({
    name: parameter.name,
    in: parameter.in,
    required: parameter.required,
    schema: pool.refer(schema),
    ...(example === undefined ? {} : { example }),
    ...(parameter.evidence.length === 0 ? {} : { 'x-evidence': parameter.evidence }),
    'x-confidence': parameter.confidence,
  });
}

interface NamedPayload {
  payload: Payload;
  label: string;
}

/** One media type's schema: alone as it is, several as alternatives. */
function pendContent(payloads: readonly NamedPayload[], hint: string, pool: SchemaPool): () => Record<string, unknown> {
  const byType = new Map<string, { schemas: JsonSchema[]; examples: { label: string; value: unknown }[] }>();
  for (const { payload, label } of payloads) {
    const type = payload.mediaType.trim() || 'application/octet-stream';
    const entry = byType.get(type) ?? { schemas: [], examples: [] };
    entry.schemas.push(pool.add(payload.schema, hint));
    if (payload.example !== undefined) entry.examples.push({ label, value: payload.example });
    byType.set(type, entry);
  }
  return () =>
    Object.fromEntries(
      [...byType].map(([type, { schemas, examples }]) => {
        const referred = schemas.map(pool.refer);
        const unique =
          referred.length === 1
            ? referred
            : [...new Map(referred.map((schema) => [JSON.stringify(schema), schema])).values()];
        const [first] = examples;
        const many = Object.fromEntries(
          examples.map(({ label, value }, index) => [
            `${label.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 40)}_${index + 1}`,
            { value },
          ]),
        );
        return [
          type,
          {
            schema: unique.length === 1 ? unique[0] : { anyOf: unique },
            ...(first === undefined ? {} : examples.length === 1 ? { example: first.value } : { examples: many }),
          },
        ];
      }),
    );
}

function pendResponses(endpoints: readonly Endpoint[], hint: string, pool: SchemaPool): () => Record<string, unknown> {
  const byStatus = new Map<string, NamedPayload[]>();
  for (const endpoint of endpoints) {
    const seen = [
      ...endpoint.statuses.map(({ status }) => ({ status, payloads: [] as Payload[] })),
      ...endpoint.responses,
    ];
    for (const { status, payloads } of seen) {
      if (status < 100 || status > 599) continue;
      const list = byStatus.get(String(status)) ?? [];
      list.push(...payloads.map((payload) => ({ payload, label: endpoint.operation ?? endpoint.id })));
      byStatus.set(String(status), list);
    }
  }
  const pending = [...byStatus].map(([status, payloads]) => ({
    status,
    content:
      payloads.length === 0 ? null : pendContent(payloads, status.startsWith('2') ? `${hint} answer` : 'error', pool),
  }));
  return () =>
    pending.length === 0
      ? { default: { description: 'No answer was recorded.' } }
      : Object.fromEntries(
          pending.map(({ status, content }) => [
            status,
            {
              description: STATUS_CODES[status] ?? `Status ${status}`,
              ...(content === null ? {} : { content: content() }),
            },
          ]),
        );
}

function describe(endpoint: Endpoint): string {
  const lines = [endpoint.summary.text];
  if (endpoint.appearsWhen.length > 0)
    lines.push(`Appears when ${endpoint.appearsWhen.slice(0, 3).join('; or when ')}.`);
  if (endpoint.kind === 'websocket') lines.push('A WebSocket: the connection is upgraded, messages follow.');
  if (endpoint.kind === 'sse') lines.push('A stream of server-sent events.');
  if (endpoint.pagination)
    lines.push(
      `Pages by ${endpoint.pagination.style}${endpoint.pagination.parameter === null ? '' : ` (${endpoint.pagination.parameter})`}.`,
    );
  return lines.filter((line) => line !== '').join('\n\n');
}

/** One method of one path. Several endpoints there (GraphQL or RPC operations) become alternatives of one operation. */
export function pendOperation(
  method: string,
  endpoints: readonly [Endpoint, ...Endpoint[]],
  context: {
    group: PathGroup;
    pool: SchemaPool;
    report: Report;
    nameOperation: (text: string, fallback: string) => string;
  },
): PendingOperation {
  const { group, pool, report, nameOperation } = context;
  const [first] = endpoints;
  const merged = endpoints.length > 1;
  const { security, schemes } = describeSecurity(endpoints, report);
  const hint = merged ? `${first.tag} ${first.kind}` : first.name.text;
  const operationId = nameOperation(merged ? `${method} ${group.path}` : first.name.text, `${method}${first.id}`);
  const parameters = mergeParameters(endpoints, group).map((parameter) => pendParameter(parameter, pool));
  const bodies = endpoints.flatMap((endpoint) =>
    endpoint.requests.map((payload) => ({ payload, label: endpoint.operation ?? endpoint.id })),
  );
  const requestContent = bodies.length === 0 ? null : pendContent(bodies, `${hint} request`, pool);
  const responses = pendResponses(endpoints, hint, pool);
  return {
    method,
    schemes,
    finish: () => ({
      operationId,
      summary: merged ? `${endpoints.length} operations at one path` : first.name.text,
      description: merged
        ? endpoints.map((item) => `- ${item.operation ?? item.id}: ${item.name.text}`).join('\n')
        : describe(first),
      tags: [...new Set(endpoints.map(({ tag }) => tag).filter((tag) => tag !== ''))],
      ...(parameters.length === 0 ? {} : { parameters: parameters.map((finish) => finish()) }),
      ...(requestContent === null
        ? {}
        : {
            requestBody: {
              required: endpoints.every(({ requests }) => requests.length > 0),
              content: requestContent(),
            },
          }),
      responses: responses(),
      security,
      'x-kind': first.kind,
      'x-bucket': first.bucket,
      'x-evidence': [...new Set(endpoints.flatMap(({ evidence }) => evidence))].slice(0, EVIDENCE_LIMIT),
      ...(merged || first.operation !== null
        ? {
            'x-operations': endpoints.map((item) => ({
              id: item.id,
              operation: item.operation,
              name: item.name.text,
              summary: item.summary.text,
              bucket: item.bucket,
              evidence: item.evidence.slice(0, EVIDENCE_LIMIT),
            })),
          }
        : {}),
    }),
  };
}
