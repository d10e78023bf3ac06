import { expect, it } from 'vitest';
import { slimEvent } from './slim-event.ts';

it('keeps chunks only of what is streamed', () => {
  const params = { requestId: '1', dataLength: 3, data: 'YWJj' };
  expect(slimEvent('Network.dataReceived', params, false).params).toEqual({ requestId: '1', dataLength: 3 });
  expect(slimEvent('Network.dataReceived', params, true).params).toEqual(params);
});

it('takes the content out of data: addresses, and of nothing else', () => {
  const sent = (url: string) =>
    slimEvent('Network.requestWillBeSent', { request: { url, method: 'GET' } }, false).params;
  expect(sent(`data:image/png;base64,${'A'.repeat(10_000)}`)).toEqual({
    request: { url: 'data:image/png;base64,', method: 'GET' },
  });
  expect(sent(`https://a.test/${'A'.repeat(500)}`)).toEqual({
    request: { url: `https://a.test/${'A'.repeat(500)}`, method: 'GET' },
  });
});

it('cuts messages that no line could hold, and says so', () => {
  const frame = (length: number) =>
    slimEvent(
      'Network.webSocketFrameReceived',
      { requestId: '1', response: { payloadData: 'x'.repeat(length) } },
      false,
    );
  expect(frame(10).cut).toBe(false);
  const long = frame(2_000_000);
  expect(long.cut).toBe(true);
  expect(JSON.stringify(long.params).length).toBeLessThan(600_000);
});

it('passes everything else on as it is, also when it is not what it should be', () => {
  const params = { anything: [1, null] };
  expect(slimEvent('Page.frameNavigated', params, false)).toEqual({ params, cut: false });
  expect(slimEvent('Network.webSocketFrameSent', params, false)).toEqual({ params, cut: false });
});
