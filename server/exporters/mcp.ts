import type { JsonSchema } from '#shared/json-schema.ts';
import type { Endpoint, Report } from '#shared/report.ts';
import { listCredentials } from './code/credentials.ts';
import { createNamer } from './code/identifiers.ts';
import { splitTemplate } from './code/template.ts';
import type { Exporter } from './exporter.ts';
import { createSchemaPool } from './openapi/schema.ts';

const clean = (schema: JsonSchema): JsonSchema => createSchemaPool().add(schema, 'input');

interface Tool {
  name: string;
  title: string;
  description: string;
  inputSchema: {
    type: 'object';
    properties: Record<string, JsonSchema>;
    required?: string[];
    additionalProperties: false;
  };
  annotations: { readOnlyHint: boolean; destructiveHint: boolean; idempotentHint: boolean; openWorldHint: true };
  _meta: Record<string, unknown>;
}

function buildInput(
  endpoint: Endpoint,
  credentialNames: ReadonlySet<string>,
): { schema: Tool['inputSchema']; places: Record<string, string> } {
  const properties = new Map<string, JsonSchema>();
  const places: Record<string, string> = {};
  const required: string[] = [];
  const add = (name: string, place: string, schema: JsonSchema, needed: boolean): void => {
    const key = (properties.has(name) || name === 'body' ? `${place}_${name}` : name).toWellFormed();
    if (properties.has(key)) return;
    properties.set(key, schema);
    places[key] = `${place}:${name}`;
    if (needed) required.push(key);
  };
  const inPath = new Set(
    splitTemplate(endpoint.template).flatMap((part) => ('parameter' in part ? [part.parameter] : [])),
  );
  for (const name of inPath) {
    const known = endpoint.parameters.find((item) => item.in === 'path' && item.name === name);
    add(
      name,
      'path',
      {
        ...clean(known?.schema ?? { type: 'string' }),
        ...(known && known.examples.length > 0 ? { examples: known.examples } : {}),
      },
      true,
    );
  }
  for (const item of endpoint.parameters) {
    if ((item.in !== 'query' && item.in !== 'header') || credentialNames.has(item.name.toLowerCase())) continue;
    add(
      item.name,
      item.in,
      { ...clean(item.schema), ...(item.examples.length > 0 ? { examples: item.examples } : {}) },
      item.required,
    );
  }
  const [payload] = endpoint.requests;
  if (payload) {
    properties.set('body', clean(payload.schema));
    places['body'] = 'body';
    required.push('body');
  }
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    },
    places,
  };
}

function buildTool(endpoint: Endpoint, name: string, report: Report): Tool {
  const credentials = listCredentials(endpoint, report);
  const { schema, places } = buildInput(endpoint, new Set(credentials.map((item) => item.name.toLowerCase())));
  const method = endpoint.method.toUpperCase();
  const reads = method === 'GET' || method === 'HEAD';
  return {
    name,
    title: endpoint.name.text,
    description: [endpoint.summary.text, `${method} ${endpoint.template}`].filter((line) => line !== '').join(' '),
    inputSchema: schema,
    annotations: {
      readOnlyHint: reads,
      destructiveHint: method === 'DELETE',
      idempotentHint: reads || method === 'PUT' || method === 'DELETE',
      openWorldHint: true,
    },
    _meta: {
      endpoint: endpoint.id,
      bucket: endpoint.bucket,
      method,
      url: `${endpoint.origin}${endpoint.template}`,
      places,
      credentials: credentials.map(({ env, send, name: key, hint }) => ({ env, send, name: key, hint })),
    },
  };
}

/** A tool list in the shape of the Model Context Protocol: one tool for each endpoint that answers or supports the intent. */
export const mcpExporter: Exporter = {
  id: 'mcp',
  title: 'MCP tools',
  description: 'A tool list for agents (Model Context Protocol), with the schema of each tool’s input.',
  paths: ['mcp.json'],
  mediaType: 'application/json',
  write: (report) => {
    const nameTool = createNamer('snake');
    const tools = report.endpoints
      .filter(({ bucket, kind }) => bucket !== 'C' && kind !== 'websocket')
      .map((endpoint) => buildTool(endpoint, nameTool(endpoint.name.text, endpoint.id), report));
    return [
      {
        path: 'mcp.json',
        mediaType: 'application/json',
        text: `${JSON.stringify({ name: report.target.site, tools }, null, 2)}\n`,
      },
    ];
  },
};
