import type { Message } from '../exchange.ts';
import type { Clock } from './clock.ts';
import { toIsoTime } from './clock.ts';
import { durationMs, initiatorOf, type Draft } from './draft.ts';
import { ENDINGS, type Endings } from './endings.ts';
import { parseHeadersText, toHeaders } from './headers.ts';
import { currentRound, type RequestLog } from './request-log.ts';

const TEXT = 1;
const BINARY = 2;

/** A WebSocket as one exchange with its messages; null when it was opened before the recording, for then its address is unknown. */
export function assembleSocket(log: RequestLog, clock: Clock, endings: Endings): Draft | null {
  const { created, handshake, answer, frames, error, closed } = log.socket;
  const round = currentRound(log);
  if (created === null) return null;
  const started = handshake?.timestamp ?? frames[0]?.p.timestamp;
  const startMs = clock.toEpochMs(started, log, round.firstT);
  const messages = frames.flatMap<Message>(({ direction, p }) => {
    const { opcode, payloadData } = p.response;
    if (payloadData === undefined || (opcode !== undefined && opcode !== TEXT && opcode !== BINARY)) return [];
    const t = durationMs(started, p.timestamp) ?? 0;
    return [{ t, direction, data: payloadData, ...(opcode === BINARY ? { base64: true } : {}) }];
  });
  const requestExtra = log.requestExtras.at(-1);
  const responseExtra = log.responseExtras.at(-1);
  const failure = round.failed?.errorText ?? error;
  const ended = closed !== null || failure !== null;
  const status = answer?.response.status ?? responseExtra?.statusCode;
  return {
    key: log.key,
    tab: log.tab,
    loaderId: null,
    sessions: round.sessions,
    startMs,
    endMs: closed?.timestamp === undefined ? null : clock.toEpochMs(closed.timestamp, log, round.lastT),
    preflightFor: null,
    exchange: {
      id: 'x0',
      requestId: log.requestId,
      hop: 0,
      startedAt: toIsoTime(startMs),
      durationMs: durationMs(started, closed?.timestamp),
      resourceType: 'websocket',
      documentUrl: null,
      frameId: null,
      initiator: initiatorOf(created.initiator),
      request: {
        method: 'GET',
        url: created.url,
        headers: toHeaders(answer?.response.requestHeaders ?? requestExtra?.headers ?? handshake?.request?.headers),
        body: null,
      },
      response:
        status === undefined
          ? null
          : {
              status,
              statusText: answer?.response.statusText ?? '',
              headers:
                parseHeadersText(answer?.response.headersText) ??
                toHeaders(answer?.response.headers ?? responseExtra?.headers),
              mimeType: '',
              fromCache: null,
              body: null,
            },
      error: failure === null ? null : { text: failure, canceled: round.failed?.canceled ?? false },
      incomplete: ended ? null : ENDINGS[endings.of(log.tab, round, null, null)],
      redirectTo: null,
      preflightOf: null,
      serviceWorkerPair: null,
      action: null,
      messages,
    },
  };
}
