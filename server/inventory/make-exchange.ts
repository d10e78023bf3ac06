import type { Exchange, Header, Message } from '#shared/exchange.ts';

export interface Sketch {
  method?: string;
  url: string;
  /** Sent as JSON unless it is a text. */
  send?: unknown;
  sendType?: string;
  headers?: Header[];
  status?: number;
  /** Received as JSON unless it is a text. */
  answer?: unknown;
  answerType?: string;
  answerHeaders?: Header[];
  resourceType?: string;
  /** Milliseconds after the first request. */
  at?: number;
  messages?: Message[];
  serviceWorkerPair?: string;
  preflightOf?: string;
}

const START = Date.UTC(2024, 4, 1, 10);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Exchanges out of terse sketches, for tests; ids are `x0`, `x1`, … and each starts 100 ms after the one before. */
export function makeExchanges(sketches: readonly Sketch[]): Exchange[] {
  return sketches.map((sketch, index): Exchange => {
    const answerType = sketch.answerType ?? (typeof sketch.answer === 'string' ? 'text/html' : 'application/json');
    const sendType = sketch.sendType ?? 'application/json';
    const status = sketch.status ?? 200;
    const answered = sketch.answer === undefined ? null : textOf(sketch.answer);
    const sent = sketch.send === undefined ? null : textOf(sketch.send);
    return {
      id: `x${index}`,
      requestId: `r${index}`,
      hop: 0,
      startedAt: new Date(START + (sketch.at ?? index * 100)).toISOString(),
      durationMs: 20,
      resourceType: sketch.resourceType ?? 'fetch',
      documentUrl: null,
      frameId: null,
      initiator: { type: 'script' },
      request: {
        method: sketch.method ?? 'GET',
        url: sketch.url,
        headers: [...(sketch.headers ?? []), ...(sent === null ? [] : [['content-type', sendType] satisfies Header])],
        body: sent === null ? null : { mimeType: sendType, bytes: sent.length, text: sent },
      },
      response:
        status === 0
          ? null
          : {
              status,
              statusText: '',
              headers: sketch.answerHeaders ?? [],
              mimeType: answered === null ? '' : answerType,
              fromCache: null,
              body: answered === null ? null : { mimeType: answerType, bytes: answered.length, text: answered },
            },
      error: null,
      incomplete: null,
      redirectTo: null,
      preflightOf: sketch.preflightOf ?? null,
      serviceWorkerPair: sketch.serviceWorkerPair ?? null,
      action: null,
      messages: sketch.messages ?? [],
    };
  });
}
