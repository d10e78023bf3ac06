import { headerValue, type Exchange } from '#shared/exchange.ts';
import { asRaw, type Raw } from '../../../scrubbing/brand.ts';

/** An answer that did not come from a capture, in the form the signals read. */
export const asAnswered = (
  request: { url: string; headers: Exchange['request']['headers'] },
  response: { status: number; headers: Exchange['request']['headers']; text: string | null },
): Raw<Exchange> => {
  const mimeType = (headerValue(response.headers, 'content-type') ?? '').split(';', 1)[0]?.trim() ?? '';
  return asRaw<Exchange>({
    id: 'x0',
    requestId: 'replay',
    hop: 0,
    startedAt: '1970-01-01T00:00:00.000Z',
    durationMs: null,
    resourceType: 'fetch',
    documentUrl: null,
    frameId: null,
    initiator: { type: 'other' },
    request: { method: 'GET', url: request.url, headers: [], body: null },
    response: {
      status: response.status,
      statusText: '',
      headers: response.headers,
      mimeType,
      fromCache: null,
      body: response.text === null ? null : { mimeType, bytes: response.text.length, text: response.text },
    },
    error: null,
    incomplete: null,
    redirectTo: null,
    preflightOf: null,
    serviceWorkerPair: null,
    action: null,
    messages: [],
  });
};
