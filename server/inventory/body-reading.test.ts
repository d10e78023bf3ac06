import { expect, test } from 'vitest';
import { createBodyReader, isJsonType, isXmlType } from './body-reading.ts';

const body = (text: string, mimeType = 'application/json') => ({ mimeType, bytes: text.length, text });

test.each<[string, string, unknown[] | undefined]>([
  ['{"a":1}', 'application/json', [{ a: 1 }]],
  ['\uFEFF[1]', 'application/problem+json; charset=utf-8', [[1]]],
  [')]}\',\n{"a":1}', 'application/json', [{ a: 1 }]],
  ['while(1);[1]', 'application/json', [[1]]],
  ['for (;;);{"a":1}', 'text/javascript', [{ a: 1 }]],
  ['{"a":1}\n{"a":2}\n', 'application/x-ndjson', [{ a: 1 }, { a: 2 }]],
  ['{"a":1}', 'text/plain', [{ a: 1 }]],
  ['true', 'text/plain', undefined],
  ['{"a":', 'application/json', undefined],
  ['<a/>', 'application/json', undefined],
  ['', 'application/json', undefined],
])('%j as %s', (text, mimeType, values) => {
  expect(createBodyReader()(body(text, mimeType))?.values).toEqual(values);
});

test('what was cut off or lost is not read', () => {
  const read = createBodyReader();
  expect(read({ ...body('{}'), truncated: true })).toBeUndefined();
  expect(read({ mimeType: 'application/json', bytes: 9, lost: 'evicted' })).toBeUndefined();
  expect(read(null)).toBeUndefined();
});

test('media types', () => {
  expect(['application/json', 'application/vnd.api+json', 'text/json', 'application/x-ndjson'].every(isJsonType)).toBe(
    true,
  );
  expect(isJsonType('application/jsonp')).toBe(false);
  expect([isXmlType('application/rss+xml'), isXmlType('image/svg+xml')]).toEqual([true, false]);
});
