import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  HOSTILE_TEXTS,
  buildHostileExchanges,
  buildHostileReport,
  buildShopExchanges,
  buildShopReport,
} from '../testing/report-fixture.ts';
import { postmanExporter } from './postman.ts';

const field = z.object({ key: z.string(), value: z.string() });
const collection = z.object({
  info: z.object({
    name: z.string(),
    schema: z.literal('https://schema.getpostman.com/json/collection/v2.1.0/collection.json'),
  }),
  item: z.array(
    z.object({
      name: z.string(),
      item: z.array(
        z.object({
          name: z.string(),
          request: z.object({
            method: z.string(),
            header: z.array(field),
            url: z.object({
              raw: z.string(),
              host: z.array(z.string()).optional(),
              path: z.array(z.string()),
              query: z.array(field),
              variable: z.array(field),
            }),
            body: z.object({ mode: z.enum(['raw', 'urlencoded']), raw: z.string().optional() }).optional(),
          }),
        }),
      ),
    }),
  ),
  variable: z.array(field),
});

const write = (
  report: Parameters<typeof postmanExporter.write>[0],
  exchanges: Parameters<typeof postmanExporter.write>[1],
) => collection.parse(JSON.parse(postmanExporter.write(report, exchanges)[0]?.text ?? ''));

describe('postman', () => {
  it('has a folder a topic, path variables with values, and credentials as empty variables', () => {
    const { item, variable } = write(buildShopReport(), buildShopExchanges());
    expect(item.map(({ name }) => name)).toEqual(['products', 'reviews', 'search', 'cart', 'pages']);
    expect(item[0]?.item[1]?.request.url).toMatchObject({
      raw: 'https://shop.example/api/products/:productId',
      host: ['shop', 'example'],
      path: ['api', 'products', ':productId'],
      variable: [{ key: 'productId', value: 'p-1001' }],
    });
    expect(item[3]?.item[0]?.request.header).toContainEqual({ key: 'x-csrf-token', value: '{{X_CSRF_TOKEN}}' });
    expect(item[3]?.item[0]?.request.body?.raw).toContain('"quantity": 1');
    expect(variable).toContainEqual(expect.objectContaining({ key: 'X_CSRF_TOKEN', value: '' }));
  });

  it('is well-formed with hostile text everywhere, and takes no captured text for a variable', () => {
    for (const hostile of HOSTILE_TEXTS) {
      const text = JSON.stringify(
        write(buildHostileReport(hostile), buildHostileExchanges(hostile)).item[0]?.item[0]?.request.url.variable,
      );
      expect(text).not.toContain('{{constructor');
    }
  });
});
