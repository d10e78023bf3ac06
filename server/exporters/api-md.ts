import type { JsonSchema } from '#shared/json-schema.ts';
import type { Endpoint, Payload, Report } from '#shared/report.ts';
import type { Exporter } from './exporter.ts';

const PROPERTY_LIMIT = 60;
const EXAMPLE_LIMIT = 2000;

const flat = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** Captured text as text: nothing in it is a link, a tag or a heading. */
const prose = (text: string): string =>
  flat(text)
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/^([#>+-]|\d+\.)/, '\\$1')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');

function code(text: string): string {
  const line = flat(text).replaceAll('|', '\\|') || ' ';
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length === 1 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

function block(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence}${language}\n${text.replaceAll('\r', '')}\n${fence}\n`;
}

const typeName = (schema: JsonSchema): string => {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const names = types.map((type) =>
    type === 'array' ? `${schema.items ? typeName(schema.items) : 'anything'}[]` : type,
  );
  if (schema.anyOf) names.push(...schema.anyOf.map(typeName));
  return `${[...new Set(names)].join(' or ') || 'anything'}${schema.format === undefined ? '' : ` (${schema.format})`}`;
};

function listFields(schema: JsonSchema, at = '', found: string[] = [], depth = 0): string[] {
  if (depth > 6 || found.length >= PROPERTY_LIMIT) return found;
  const required = new Set(schema.required ?? []);
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (found.length >= PROPERTY_LIMIT) break;
    const path = at === '' ? name : `${at}.${name}`;
    found.push(`| ${code(path)} | ${prose(typeName(child))} | ${required.has(name) ? 'always' : 'sometimes'} |`);
    listFields(child, path, found, depth + 1);
  }
  if (schema.items) listFields(schema.items, `${at}[]`, found, depth + 1);
  for (const item of schema.anyOf ?? []) listFields(item, at, found, depth + 1);
  return found;
}

function writePayload(title: string, payload: Payload): string {
  const fields = listFields(payload.schema);
  const lines = [`**${title}** ${code(payload.mediaType)}, ${payload.samples} seen\n`];
  if (fields.length > 0) lines.push(`| field | type | present |\n|---|---|---|\n${fields.join('\n')}\n`);
  if (fields.length >= PROPERTY_LIMIT)
    lines.push(`Only the first ${PROPERTY_LIMIT} fields are listed; the OpenAPI document has them all.\n`);
  if (payload.example !== undefined) {
    const text = typeof payload.example === 'string' ? payload.example : JSON.stringify(payload.example, null, 2);
    lines.push(
      block(
        typeof payload.example === 'string' ? '' : 'json',
        text.length > EXAMPLE_LIMIT ? `${text.slice(0, EXAMPLE_LIMIT)}\n…` : text,
      ),
    );
  }
  return lines.join('\n');
}

function writeEndpoint(endpoint: Endpoint, report: Report): string {
  const lines = [
    `### ${prose(endpoint.name.text)}\n`,
    `${code(`${endpoint.method} ${endpoint.origin}${endpoint.template}`)}${endpoint.operation === null ? '' : ` operation ${code(endpoint.operation)}`}\n`,
  ];
  if (endpoint.summary.text !== '') lines.push(`${prose(endpoint.summary.text)}\n`);
  const facts = [
    `- Why it is here: ${prose(endpoint.reason)}`,
    `- Seen ${endpoint.samples} times, status ${endpoint.statuses.map(({ status, count }) => `${status} (${count})`).join(', ')}; evidence ${endpoint.evidence.slice(0, 8).join(', ')}`,
  ];
  if (endpoint.appearsWhen.length > 0)
    facts.push(`- Appears when ${endpoint.appearsWhen.map(prose).join('; or when ')}`);
  const auth = endpoint.auth.filter(({ kind }) => kind !== 'none');
  facts.push(
    auth.length === 0
      ? '- Credentials: none seen'
      : `- Credentials: ${auth.map(({ kind, name, in: place }) => `${kind}${name === null ? '' : ` ${code(name)}`}${place === null ? '' : ` in ${place}`}`).join(', ')}`,
  );
  if (endpoint.pagination)
    facts.push(
      `- Pages by ${endpoint.pagination.style}${endpoint.pagination.parameter === null ? '' : ` with ${code(endpoint.pagination.parameter)}`}`,
    );
  const sufficient = report.validation.sufficient.find((item) => item.endpoint === endpoint.id);
  if (sufficient) facts.push(`- Tried: ${prose(sufficient.reason)}`);
  lines.push(`${facts.join('\n')}\n`);
  if (endpoint.parameters.length > 0) {
    const rows = endpoint.parameters.map(
      (item) =>
        `| ${code(item.name)} | ${item.in} | ${prose(typeName(item.schema))} | ${item.required ? 'yes' : 'no'} | ${item.examples.map((value) => code(String(value))).join(', ')} | ${prose(item.evidence.join('; '))} |`,
    );
    lines.push(
      `| parameter | in | type | always sent | seen values | why it is a parameter |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`,
    );
  }
  for (const payload of endpoint.requests) lines.push(writePayload('Request', payload));
  for (const { status, payloads } of endpoint.responses)
    for (const payload of payloads) lines.push(writePayload(`Answer ${status}`, payload));
  return lines.join('\n');
}

function writeDocument(report: Report): string {
  const group = (title: string, bucket: Endpoint['bucket'], none: string): string => {
    const list = report.endpoints.filter((endpoint) => endpoint.bucket === bucket);
    return `## ${title}\n\n${list.length === 0 ? `${none}\n` : list.map((endpoint) => writeEndpoint(endpoint, report)).join('\n')}`;
  };
  const { recommendation } = report;
  return [
    `# ${prose(report.target.site)}: API notes\n`,
    `${prose(report.verdict.sentence)}\n`,
    `Written from one recorded visit on ${report.createdAt.slice(0, 10)}${report.intent.text === '' ? '' : `, looking for: ${prose(report.intent.text)}`}. Secrets are replaced by placeholders.\n`,
    '## How to get it\n',
    `- Client: ${prose(recommendation.client)}\n- Network: ${prose(recommendation.tier)}\n- Session: ${prose(recommendation.session)}\n- Pace: ${prose(recommendation.pace)}\n`,
    ...recommendation.risks.map((risk) => `- Can go wrong: ${prose(risk)}`),
    ...report.notes.map(({ text, source }) => `- ${prose(text)}${source === 'model' ? ' (written by a model)' : ''}`),
    '',
    group('Endpoints that answer you', 'A', 'None was found in this visit.'),
    group('Endpoints that support them', 'B', 'None.'),
    '## Everything else\n',
    ...report.endpoints
      .filter(({ bucket }) => bucket === 'C')
      .map((endpoint) => `- ${code(`${endpoint.method} ${endpoint.template}`)} ${prose(endpoint.reason)}`),
    '',
    '## What protects the site\n',
    ...(report.protections.length === 0
      ? ['Nothing was recognised.']
      : report.protections.map((item) => `- **${prose(item.name)}** (${item.scope}): ${prose(item.meaning)}`)),
    '',
  ].join('\n');
}

/** API notes for people. */
export const apiMdExporter: Exporter = {
  id: 'api-md',
  title: 'API notes',
  description: 'The endpoints in plain words, to read or to keep beside your code.',
  paths: ['API.md'],
  mediaType: 'text/markdown',
  write: (report) => [{ path: 'API.md', mediaType: 'text/markdown', text: writeDocument(report) }],
};
