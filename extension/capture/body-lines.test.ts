import { expect, it } from 'vitest';
import { bodyLineSchema, BODY_PART_CHARS, type CaptureLine } from '#shared/capture.ts';
import { buildExchanges } from '#shared/exchange-builder.ts';
import { base64Bytes, bodyLines, lossLine } from './body-lines.ts';

const head = { t: 1, requestId: 'r', of: 'response' as const };
const answered = (mimeType: string): CaptureLine[] => [
  {
    k: 'event',
    t: 0,
    m: 'Network.responseReceived',
    p: { requestId: 'r', response: { url: 'https://a.test/', status: 200, mimeType } },
  },
  { k: 'event', t: 0, m: 'Network.loadingFinished', p: { requestId: 'r' } },
];
const rebuilt = (lines: CaptureLine[], mimeType: string) =>
  buildExchanges([...answered(mimeType), ...lines]).exchanges[0]?.response?.body;

it('writes a body of any length in short lines that make the same body again', () => {
  const text = 'ü€😀x'.repeat(300_000);
  const lines = bodyLines(head, text, false, false);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(bodyLineSchema.parse(line).data?.length ?? 0).toBeLessThanOrEqual(BODY_PART_CHARS);
  const travelled = lines.map((line) => bodyLineSchema.parse(JSON.parse(JSON.stringify(line))));
  expect(rebuilt(travelled, 'text/plain')).toEqual({
    mimeType: 'text/plain',
    bytes: new TextEncoder().encode(text).length,
    text,
  });
});

it('counts the bytes behind base64, and cuts it where it can be read again', () => {
  expect(['', 'QQ==', 'QUI=', 'QUJD'].map(base64Bytes)).toEqual([0, 1, 2, 3]);
  const data = btoa('\u0000\u00ff'.repeat(600_000));
  expect(rebuilt(bodyLines(head, data, true, false), 'application/octet-stream')).toMatchObject({
    base64: data,
    bytes: 1_200_000,
  });
});

it('writes an empty body as one, and a lost one with its reason', () => {
  expect(rebuilt(bodyLines(head, '', false, false), 'text/plain')).toEqual({
    mimeType: 'text/plain',
    bytes: 0,
    text: '',
  });
  expect(rebuilt([lossLine(head, 'evicted', 7)], 'text/plain')).toEqual({
    mimeType: 'text/plain',
    bytes: 7,
    lost: 'evicted',
  });
});
