import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Endpoint, Report } from '#shared/report.ts';
import {
  HOSTILE_TEXTS,
  buildEndpoint,
  buildHostileReport,
  buildParameter,
  buildShopReport,
  productSchema,
} from '../testing/report-fixture.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { openapiExporter } from './openapi.ts';

type Tree = Record<string, unknown>;

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (node, key) => (typeof node === 'object' && node !== null ? (Reflect.get(node, key) as unknown) : undefined),
    value,
  );

function write(report: ReturnType<typeof buildShopReport>): Map<string, Tree> {
  const files = openapiExporter.write(report, asScrubbed([]));
  for (const { path, text } of files.filter((file) => file.path.endsWith('.yaml'))) {
    const twin = files.find((file) => file.path === path.replace('.yaml', '.json'));
    expect(parse(text)).toEqual(JSON.parse(twin?.text ?? ''));
  }
  return new Map(
    files.filter(({ path }) => path.endsWith('.json')).map(({ path, text }) => [path, JSON.parse(text) as Tree]),
  );
}

async function expectValid(document: Tree | undefined): Promise<void> {
  const result = await new Validator().validate(structuredClone(document) ?? {});
  expect(result.valid ? [] : result.errors).toEqual([]);
  const ids = Object.values((document?.['paths'] ?? {}) as Record<string, Tree>).flatMap((item) =>
    Object.values(item).flatMap((operation) => at(operation, 'operationId') ?? []),
  );
  expect(new Set(ids).size).toBe(ids.length);
  for (const [path, item] of Object.entries((document?.['paths'] ?? {}) as Record<string, Tree>)) {
    const wanted = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
    expect(new Set(wanted).size).toBe(wanted.length);
    for (const [method, operation] of Object.entries(item)) {
      if (method.startsWith('x-')) continue;
      const given = ((at(operation, 'parameters') ?? []) as { name: string; in: string }[]).filter(
        (item) => item.in === 'path',
      );
      expect(given.map(({ name }) => name).sort()).toEqual([...wanted].sort());
    }
  }
}

const only = (...endpoints: Endpoint[]): Tree => {
  const document = write(buildShopReport({ endpoints })).get('openapi.json');
  if (!document) throw new Error('openapi.json is missing');
  return document;
};

describe('openapi', () => {
  it('describes the shop, valid, with shapes that recur named once', async () => {
    const document = write(buildShopReport()).get('openapi.json');
    await expectValid(document);
    expect(Object.keys(at(document, 'paths') as Tree)).toEqual([
      '/api/products',
      '/api/products/{productId}',
      '/api/products/{productId}/reviews',
      '/api/search',
      '/api/cart/items',
      '/',
    ]);
    expect(at(document, 'components', 'schemas', 'Item', 'properties', 'name')).toEqual({ type: 'string' });
    expect(
      at(
        document,
        'paths',
        '/api/products/{productId}',
        'get',
        'responses',
        '200',
        'content',
        'application/json',
        'schema',
      ),
    ).toEqual({
      $ref: '#/components/schemas/Item',
    });
    expect(at(document, 'paths', '/api/cart/items', 'post', 'security')).toEqual([
      { 'cookie-cookie-sid': [], 'csrf-header-x-csrf-token': [] },
    ]);
    expect(at(document, 'servers')).toEqual([{ url: 'https://shop.example' }]);
    expect(at(document, 'paths', '/api/products', 'get', 'x-evidence')).toEqual(['x2', 'x5']);
  });

  it('accepts the recorded examples with the schema it gives for them', () => {
    const document = only(...buildShopReport().endpoints);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(document, 'doc');
    for (const [path, item] of Object.entries(document['paths'] as Record<string, Tree>)) {
      for (const [method, operation] of Object.entries(item)) {
        for (const [status, response] of Object.entries(at(operation, 'responses') as Tree)) {
          const example = at(response, 'content', 'application/json', 'example');
          if (example === undefined) continue;
          const pointer = ['paths', path, method, 'responses', status, 'content', 'application/json', 'schema']
            .map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))
            .map(encodeURIComponent)
            .join('/');
          expect(ajv.validate({ $ref: `doc#/${pointer}` }, example), `${method} ${path}`).toBe(true);
        }
      }
    }
  });

  it('merges operations that share a path and a method into one, as alternatives', async () => {
    const operation = (id: string, name: string, field: string): Endpoint =>
      buildEndpoint({
        id,
        method: 'POST',
        template: '/graphql',
        kind: 'graphql',
        operation: name,
        name: { text: name, source: 'rule' },
        requests: [
          {
            mediaType: 'application/json',
            samples: 1,
            example: { operationName: name },
            schema: { type: 'object', properties: { operationName: { const: name } } },
          },
        ],
        responses: [
          {
            status: 200,
            payloads: [
              {
                mediaType: 'application/json',
                samples: 1,
                schema: { type: 'object', properties: { [field]: { type: 'string' } } },
              },
            ],
          },
        ],
      });
    const document = only(
      operation('e1', 'GetCart', 'cart'),
      operation('e2', 'AddItem', 'item'),
      operation('e3', 'AddItem', 'item'),
    );
    await expectValid(document);
    const post = at(document, 'paths', '/graphql', 'post');
    expect(Object.keys(at(document, 'paths') as Tree)).toEqual(['/graphql']);
    expect(at(post, 'requestBody', 'content', 'application/json', 'schema', 'anyOf')).toHaveLength(2);
    expect(at(post, 'responses', '200', 'content', 'application/json', 'schema', 'anyOf')).toHaveLength(2);
    expect((at(post, 'x-operations') as Tree[]).map((item) => item['operation'])).toEqual([
      'GetCart',
      'AddItem',
      'AddItem',
    ]);
  });

  it('keeps paths apart that differ in more than parameter names, and joins those that do not', async () => {
    const document = only(
      buildEndpoint({
        id: 'e1',
        method: 'GET',
        template: '/a/{id}',
        parameters: [buildParameter({ name: 'id', in: 'path' })],
      }),
      buildEndpoint({
        id: 'e2',
        method: 'DELETE',
        template: '/a/{itemId}',
        parameters: [buildParameter({ name: 'itemId', in: 'path' })],
      }),
      buildEndpoint({ id: 'e3', method: 'GET', template: '/a/me' }),
      buildEndpoint({ id: 'e4', method: 'GET', template: '/b/{id}/c/{id}' }),
      buildEndpoint({ id: 'e5', method: 'GET', template: 'no-slash/{x}.json' }),
    );
    await expectValid(document);
    expect(Object.keys(at(document, 'paths', '/a/{id}') as Tree)).toEqual(['get', 'delete']);
    expect(Object.keys(at(document, 'paths') as Tree)).toContain('/b/{id}/c/{id2}');
  });

  it('writes one document an origin, the first party’s first', async () => {
    const documents = write(
      buildShopReport({
        origins: ['https://shop.example', 'https://api.shop.example:8443'],
        endpoints: [
          buildEndpoint({ id: 'e1', method: 'GET', template: '/x', origin: 'https://api.shop.example:8443' }),
          buildEndpoint({ id: 'e2', method: 'GET', template: '/y' }),
          buildEndpoint({ id: 'e3', method: 'GET', template: '/z', origin: 'wss://live.example', kind: 'websocket' }),
        ],
      }),
    );
    expect([...documents.keys()]).toEqual([
      'openapi.json',
      'openapi.api.shop.example_8443.json',
      'openapi.live.example.json',
    ]);
    for (const document of documents.values()) await expectValid(document);
    expect(at(documents.get('openapi.json'), 'servers', 0, 'url')).toBe('https://shop.example');
  });

  it('says that an endpoint answered without its credentials', () => {
    const base = buildShopReport();
    const endpoint = buildEndpoint({
      id: 'e1',
      method: 'GET',
      template: '/x',
      auth: [{ kind: 'bearer', in: 'header', name: 'authorization', from: null }],
    });
    const document = write({ ...base, endpoints: [endpoint] }).get('openapi.json');
    expect(at(document, 'paths', '/x', 'get', 'security')).toEqual([{ bearer: [] }, {}]);
  });

  it.each<[string, Partial<Endpoint>]>([
    ['an unknown method', { method: 'PROPFIND' }],
    ['no status', { statuses: [] }],
    ['a failed request', { statuses: [{ status: 0, count: 1 }], responses: [{ status: 0, payloads: [] }] }],
    ['an empty media type', { requests: [{ mediaType: '', schema: {}, samples: 1 }] }],
    ['a header that OpenAPI does not allow', { parameters: [buildParameter({ name: 'Accept', in: 'header' })] }],
    [
      'a parameter twice',
      {
        parameters: [
          buildParameter({ name: 'q', in: 'query' }),
          buildParameter({ name: 'q', in: 'query', schema: { type: 'integer' } }),
        ],
      },
    ],
    [
      'an odd schema',
      {
        responses: [
          {
            status: 200,
            payloads: [
              {
                mediaType: 'application/json',
                samples: 1,
                schema: { type: ['string', 'nonsense'], $ref: '#/nowhere', required: [], anyOf: [] },
              },
            ],
          },
        ],
      },
    ],
    ['a template with odd characters', { template: '/a b/{x}?q=1#f/[]/100%/%2F/{' }],
    ['no template', { template: '' }],
    [
      'a server-sent stream',
      {
        kind: 'sse',
        responses: [
          { status: 200, payloads: [{ mediaType: 'text/event-stream', samples: 1, schema: { type: 'string' } }] },
        ],
      },
    ],
    [
      'credentials in places OpenAPI has no word for',
      {
        auth: [
          { kind: 'csrf', in: 'body', name: '_token', from: null },
          { kind: 'signature', in: null, name: null, from: null },
        ],
      },
    ],
  ])('stays valid with %s', async (_what, over) => {
    await expectValid(only(buildEndpoint({ id: 'e1', method: 'GET', template: '/x', ...over })));
  });

  it('stays valid with hostile text everywhere', async () => {
    for (const hostile of HOSTILE_TEXTS) {
      for (const document of write(buildHostileReport(hostile)).values()) await expectValid(document);
    }
  });

  it('grows in proportion to the number of endpoints', () => {
    const endpoints = Array.from({ length: 1000 }, (_, index) =>
      buildEndpoint({
        id: `e${index}`,
        method: 'GET',
        template: `/r${index}`,
        responses: [{ status: 200, payloads: [{ mediaType: 'application/json', samples: 1, schema: productSchema }] }],
      }),
    );
    const report: Report = buildShopReport({ endpoints });
    const [file] = openapiExporter.write(asScrubbed(report), asScrubbed([]));
    expect(file?.text.match(/"\$ref": "#\/components\/schemas\//g)?.length).toBe(1001);
  });
});
