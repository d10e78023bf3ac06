import type { Exchange } from '#shared/exchange.ts';
import type { Endpoint, Report } from '#shared/report.ts';
import { listCredentials } from './code/credentials.ts';
import { indexExchanges, readExampleCall, type ExampleCall, type ExchangeIndex } from './code/example-call.ts';
import { encodePathLiteral, splitTemplate } from './code/template.ts';
import type { Exporter } from './exporter.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** `{{` would be read as a variable of the collection. */
const plain = (value: unknown): string => String(value).replaceAll('{{', '{ {');

function writeUrl(endpoint: Endpoint, example: ExampleCall, report: Report): Record<string, unknown> {
  const parts = splitTemplate(endpoint.template.replace(/^\//, ''));
  const segments = parts
    .map((part) =>
      'literal' in part ? encodePathLiteral(part.literal) : `:${part.parameter.replace(/[^A-Za-z0-9_-]/g, '_')}`,
    )
    .join('')
    .split('/');
  const query = endpoint.parameters
    .filter((item) => item.in === 'query')
    .map((item) => ({
      key: item.name,
      value: plain(example.values.get(`query:${item.name}`) ?? ''),
      disabled: !item.required && !example.values.has(`query:${item.name}`),
    }));
  for (const { send, name, env } of listCredentials(endpoint, report)) {
    if (send !== 'query') continue;
    const known = query.find(({ key }) => key === name);
    if (known) Object.assign(known, { value: `{{${env}}}`, disabled: false });
    else query.push({ key: name, value: `{{${env}}}`, disabled: false });
  }
  const origin = URL.canParse(endpoint.origin) ? new URL(endpoint.origin) : null;
  const shown = query
    .filter(({ disabled }) => !disabled)
    .map(
      ({ key, value }) =>
        `${encodeURIComponent(key.toWellFormed())}=${value.startsWith('{{') ? value : encodeURIComponent(value.toWellFormed())}`,
    );
  return {
    raw: `${endpoint.origin}/${segments.join('/')}${shown.length === 0 ? '' : `?${shown.join('&')}`}`,
    ...(origin === null
      ? {}
      : {
          protocol: origin.protocol.replace(':', ''),
          host: origin.hostname.split('.'),
          ...(origin.port === '' ? {} : { port: origin.port }),
        }),
    path: segments,
    query,
    variable: parts.flatMap((part) =>
      'parameter' in part
        ? [
            {
              key: part.parameter.replace(/[^A-Za-z0-9_-]/g, '_'),
              value: plain(example.values.get(`path:${part.parameter}`) ?? ''),
            },
          ]
        : [],
    ),
  };
}

function writeBody(endpoint: Endpoint, example: ExampleCall): Record<string, unknown> {
  const [payload] = endpoint.requests;
  if (!payload) return {};
  const body = example.body;
  if (/x-www-form-urlencoded/i.test(payload.mediaType)) {
    const fields =
      typeof body === 'string'
        ? [...new URLSearchParams(body)]
        : Object.entries(typeof body === 'object' && body !== null ? body : {});
    return { body: { mode: 'urlencoded', urlencoded: fields.map(([key, value]) => ({ key, value: plain(value) })) } };
  }
  const raw = typeof body === 'string' ? body : JSON.stringify(body ?? {}, null, 2);
  return {
    body: { mode: 'raw', raw, ...(/json/i.test(payload.mediaType) ? { options: { raw: { language: 'json' } } } : {}) },
  };
}

function writeItem(endpoint: Endpoint, exchanges: ExchangeIndex, report: Report): Record<string, unknown> {
  const example = readExampleCall(endpoint, exchanges);
  const [payload] = endpoint.requests;
  const credentials = listCredentials(endpoint, report).filter(({ send }) => send === 'header');
  const credentialNames = new Set(credentials.map(({ name }) => name.toLowerCase()));
  return {
    name: endpoint.name.text,
    request: {
      method: endpoint.method,
      description: endpoint.summary.text,
      header: [
        ...(example.accept === null ? [] : [{ key: 'Accept', value: plain(example.accept) }]),
        ...(payload ? [{ key: 'Content-Type', value: plain(payload.mediaType) }] : []),
        ...endpoint.parameters
          .filter((item) => item.in === 'header' && !credentialNames.has(item.name.toLowerCase()))
          .map((item) => ({ key: item.name, value: plain(item.examples[0] ?? '') })),
        ...credentials.map(({ name, prefix, env }) => ({ key: name, value: `${prefix}{{${env}}}` })),
      ],
      url: writeUrl(endpoint, example, report),
      ...writeBody(endpoint, example),
    },
    response: [],
  };
}

function buildCollection(report: Report, exchanges: readonly Exchange[]): Record<string, unknown> {
  const index = indexExchanges(exchanges);
  const spoken = report.endpoints.filter(({ kind }) => kind !== 'websocket');
  const tags = [...new Set(spoken.map(({ tag }) => tag || 'other'))];
  const credentials = new Map(
    spoken.flatMap((endpoint) => listCredentials(endpoint, report).map((item) => [item.env, item.hint] as const)),
  );
  return {
    info: { name: `${report.target.site} as observed`, description: report.verdict.sentence, schema: SCHEMA },
    item: tags.map((tag) => ({
      name: tag,
      item: spoken
        .filter((endpoint) => (endpoint.tag || 'other') === tag)
        .map((endpoint) => writeItem(endpoint, index, report)),
    })),
    variable: [...credentials].map(([key, hint]) => ({ key, value: '', description: hint })),
  };
}

/** Postman collection 2.1: a folder a topic, credentials as empty variables. */
export const postmanExporter: Exporter = {
  id: 'postman',
  title: 'Postman collection',
  description: 'Requests ready to send from Postman, Bruno or Insomnia; you fill in your own credentials.',
  paths: ['postman.json'],
  mediaType: 'application/json',
  write: (report, exchanges) => [
    {
      path: 'postman.json',
      mediaType: 'application/json',
      text: `${JSON.stringify(buildCollection(report, exchanges), null, 2)}\n`,
    },
  ],
};
