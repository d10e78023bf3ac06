import type { BodyLine } from '../capture.ts';
import type { RequestExtra, ResponseExtra } from './extra-info.ts';
import type { KnownEvent, Params } from './protocol.ts';

/**
 * Everything recorded about one request id of one tab, over all sessions of that tab.
 *
 * Orders in which a browser reports (E = requestWillBeSentExtraInfo, X = responseReceivedExtraInfo, both may stand anywhere):
 *   plain            sent → response → data* → finished
 *   failed           sent → [response → data*] → failed              refused, aborted, blocked
 *   blocked by CORS  sent → X → failed                               the status is only in X
 *   redirects        sent → sent(redirect of hop 0) → … → response → finished     one request id, one E and one X a hop
 *   cache            sent → [servedFromCache] → response(announces no extras) → finished
 *   revalidated      sent → response(200) → X(304) → finished
 *   frame, worker    sent, response on the parent's session → data, finished on the child's; E and X on either
 *   unread, endless  sent → response → data*                         nothing more, ever: closed by what happened to its frame
 *   late attach      [sent(redirect)] → response → finished          the beginning was before the recording
 *   preflight        sent(initiator: preflight of another id) → X → response → finished
 *   socket           created → handshake → handshake answer → frames* → closed      or frames alone after a late attach
 *   memory cache     plain, then again sent → servedFromCache → response → data → finished      the same id, any number of times
 * So a log only gathers, by round, by kind and in order of arrival; what it means is decided once all is there.
 */
export interface RequestLog {
  readonly key: string;
  readonly tab: string;
  readonly requestId: string;
  /** At least one. A sending that is not a redirect begins another: the memory cache answers again under the old id. */
  readonly rounds: Round[];
  /** ExtraInfo may come at any time, so which hop it belongs to is found at the end. */
  readonly requestExtras: RequestExtra[];
  readonly responseExtras: ResponseExtra[];
  readonly socket: SocketLog;
  readonly bodies: BodyLine[];
}

export interface Round {
  /** Recorder's clock, milliseconds, of its first and last line. */
  firstT: number;
  lastT: number;
  /** Sessions its main events came through; '' is the tab itself. */
  readonly sessions: Set<string>;
  /** One a redirect hop. */
  readonly sent: Params<'Network.requestWillBeSent'>[];
  servedFromCache: boolean;
  received: Params<'Network.responseReceived'> | null;
  finished: Params<'Network.loadingFinished'> | null;
  failed: Params<'Network.loadingFailed'> | null;
  dataBytes: number;
  readonly streamed: string[];
  readonly serverEvents: Params<'Network.eventSourceMessageReceived'>[];
}

export interface SocketLog {
  created: Params<'Network.webSocketCreated'> | null;
  handshake: Params<'Network.webSocketWillSendHandshakeRequest'> | null;
  answer: Params<'Network.webSocketHandshakeResponseReceived'> | null;
  readonly frames: { direction: 'sent' | 'received'; p: Params<'Network.webSocketFrameSent'> }[];
  error: string | null;
  closed: Params<'Network.webSocketClosed'> | null;
}

function openRound(t: number): Round {
  return {
    firstT: t,
    lastT: t,
    sessions: new Set(),
    sent: [],
    servedFromCache: false,
    received: null,
    finished: null,
    failed: null,
    dataBytes: 0,
    streamed: [],
    serverEvents: [],
  };
}

export function openLog(key: string, tab: string, requestId: string, t: number): RequestLog {
  return {
    key,
    tab,
    requestId,
    rounds: [openRound(t)],
    requestExtras: [],
    responseExtras: [],
    socket: { created: null, handshake: null, answer: null, frames: [], error: null, closed: null },
    bodies: [],
  };
}

/** The round that events now belong to. */
export function currentRound(log: RequestLog): Round {
  const round = log.rounds.at(-1);
  if (round === undefined) throw new Error('A log has at least one round.');
  return round;
}

export function addBodyLine(log: RequestLog, line: BodyLine): void {
  log.bodies.push(line);
}

function addSent(log: RequestLog, p: Params<'Network.requestWillBeSent'>, t: number): void {
  const round = currentRound(log);
  const last = round.sent.at(-1);
  // Reported again by another session, or after a restart of the recorder.
  if (last?.timestamp === p.timestamp && last?.request.url === p.request.url) return;
  const isNewRound = p.redirectResponse === undefined && (last !== undefined || round.received !== null);
  if (isNewRound) log.rounds.push(openRound(t));
  currentRound(log).sent.push(p);
}

/** Adds an event of this request; `session` is '' for the tab itself. */
export function addEvent(log: RequestLog, event: KnownEvent, session: string, t: number): void {
  if (event.m === 'Network.requestWillBeSent') addSent(log, event.p, t);
  const round = currentRound(log);
  switch (event.m) {
    case 'Network.requestWillBeSentExtraInfo':
      log.requestExtras.push(event.p);
      return;
    case 'Network.responseReceivedExtraInfo':
      log.responseExtras.push(event.p);
      return;
    case 'Network.requestWillBeSent':
      break;
    case 'Network.requestServedFromCache':
      round.servedFromCache = true;
      break;
    case 'Network.responseReceived':
      round.received = event.p;
      break;
    case 'Network.dataReceived':
      round.dataBytes += event.p.dataLength ?? 0;
      if (event.p.data !== undefined && event.p.data !== '') round.streamed.push(event.p.data);
      break;
    case 'Network.loadingFinished':
      round.finished = event.p;
      break;
    case 'Network.loadingFailed':
      round.failed = event.p;
      break;
    case 'Network.eventSourceMessageReceived':
      round.serverEvents.push(event.p);
      break;
    case 'Network.webSocketCreated':
      log.socket.created = event.p;
      break;
    case 'Network.webSocketWillSendHandshakeRequest':
      log.socket.handshake = event.p;
      break;
    case 'Network.webSocketHandshakeResponseReceived':
      log.socket.answer = event.p;
      break;
    case 'Network.webSocketFrameSent':
      log.socket.frames.push({ direction: 'sent', p: event.p });
      break;
    case 'Network.webSocketFrameReceived':
      log.socket.frames.push({ direction: 'received', p: event.p });
      break;
    case 'Network.webSocketFrameError':
      log.socket.error = event.p.errorMessage ?? 'unknown error';
      break;
    case 'Network.webSocketClosed':
      log.socket.closed = event.p;
      break;
    case 'Page.frameNavigated':
    case 'Page.frameDetached':
    case 'Page.navigatedWithinDocument':
    case 'Page.downloadWillBegin':
    case 'Inspector.targetCrashed':
      return;
  }
  round.firstT = Math.min(round.firstT, t);
  round.lastT = Math.max(round.lastT, t);
  round.sessions.add(session);
}

export function isSocket(log: RequestLog): boolean {
  const { created, handshake, answer, frames, closed } = log.socket;
  return created !== null || handshake !== null || answer !== null || frames.length > 0 || closed !== null;
}
