import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asScrubbed } from '../scrubbing/brand.ts';
import {
  HOSTILE_TEXTS,
  buildExchange,
  buildHostileExchanges,
  buildShopExchanges,
  buildShopReport,
} from '../testing/report-fixture.ts';
import { harExporter } from './har.ts';

/** HAR 1.2 as specified: http://www.softwareishard.com/blog/har-12-spec/ */
const pair = z.object({ name: z.string(), value: z.string() });
const har = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.object({ name: z.string(), version: z.string() }),
    pages: z.array(
      z.object({ startedDateTime: z.iso.datetime(), id: z.string(), title: z.string(), pageTimings: z.object({}) }),
    ),
    entries: z.array(
      z.object({
        pageref: z.string().optional(),
        startedDateTime: z.iso.datetime(),
        time: z.number().nonnegative(),
        request: z.object({
          method: z.string(),
          url: z.string(),
          httpVersion: z.string(),
          cookies: z.array(pair),
          headers: z.array(pair),
          queryString: z.array(pair),
          postData: z.object({ mimeType: z.string(), text: z.string() }).optional(),
          headersSize: z.number(),
          bodySize: z.number(),
        }),
        response: z.object({
          status: z.number(),
          statusText: z.string(),
          httpVersion: z.string(),
          cookies: z.array(pair),
          headers: z.array(pair),
          content: z.object({
            size: z.number(),
            mimeType: z.string(),
            text: z.string().optional(),
            encoding: z.string().optional(),
          }),
          redirectURL: z.string(),
          headersSize: z.number(),
          bodySize: z.number(),
        }),
        cache: z.object({}),
        timings: z.object({ send: z.number(), wait: z.number(), receive: z.number() }),
      }),
    ),
  }),
});

const write = (exchanges: Parameters<typeof harExporter.write>[1]) =>
  har.parse(JSON.parse(harExporter.write(buildShopReport(), exchanges)[0]?.text ?? '')).log;

describe('har', () => {
  it('holds every exchange in order, on the page it belongs to', () => {
    const log = write(buildShopExchanges());
    expect(log.entries.map(({ request }) => request.url.replace('https://shop.example', ''))).toEqual([
      '/',
      '/api/products?page=1&limit=20',
      '/api/products/p-1001',
      '/api/products/p-1001/reviews',
      '/api/products?page=2&limit=20',
      '/api/search?q=lamp',
      '/api/cart/items',
    ]);
    expect(new Set(log.entries.map(({ pageref }) => pageref))).toEqual(new Set(['page_x1']));
    expect(log.entries[1]?.request.queryString).toEqual([
      { name: 'page', value: '1' },
      { name: 'limit', value: '20' },
    ]);
    expect(log.entries[6]?.request.postData?.text).toBe('{"productId":"p-1001","quantity":1}');
    expect(log.entries[6]?.request.cookies).toEqual([{ name: 'sid', value: '{{cookie_1}}' }]);
  });

  it('is valid for a request without an answer, a binary body, a set cookie and a socket', () => {
    const base = buildExchange('x1', 'GET', 'https://shop.example/', { body: {} });
    const log = write(
      asScrubbed([
        { ...base, response: null, durationMs: null, error: { text: 'net::ERR_FAILED', canceled: false } },
        {
          ...base,
          id: 'x2',
          messages: [{ t: 5, direction: 'sent', data: 'hello' }],
          response: base.response && {
            ...base.response,
            headers: [['set-cookie', 'a=b; Path=/\nc=d']],
            body: { mimeType: 'image/png', bytes: 3, base64: 'AAEC' },
          },
        },
        { ...base, id: 'x3', request: { ...base.request, url: 'not a url' } },
      ]),
    );
    expect(log.entries[0]?.response.status).toBe(0);
    expect(log.entries[1]?.response.content).toMatchObject({ encoding: 'base64', text: 'AAEC' });
    expect(log.entries[1]?.response.cookies).toEqual([
      { name: 'a', value: 'b' },
      { name: 'c', value: 'd' },
    ]);
  });

  it('is valid with hostile text everywhere', () => {
    for (const hostile of HOSTILE_TEXTS) expect(write(buildHostileExchanges(hostile)).entries).toHaveLength(2);
  });
});
