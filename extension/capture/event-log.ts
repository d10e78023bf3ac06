import { z } from 'zod';
import type { BodyLine, BodyLoss, CaptureLine } from '#shared/capture.ts';
import type { TrafficRow } from '../messages.ts';
import { BodyFetcher } from './body-fetcher.ts';
import { lossInWords } from './body-policy.ts';
import type { CdpPort, CdpTarget } from './cdp-port.ts';
import { RequestTable, type SentParams } from './request-table.ts';
import { slimEvent } from './slim-event.ts';
import { countRequest, type Tally } from './tally.ts';
import type { TrackedRequest } from './tracked-request.ts';

/** Where what is recorded goes; whatever is handed over in one turn is stored together. */
export interface LineSink {
  append(line: CaptureLine): void;
  keep(request: TrackedRequest): void;
  forget(key: string): void;
}

export interface EventLogDeps {
  port: Pick<CdpPort, 'send'>;
  sink: LineSink;
  now: () => number;
  /** Share of the size limit that is used. */
  budgetUsed: () => number;
  isDurable: () => boolean;
  sessionOf: (target: CdpTarget) => string | undefined;
  onChange: () => void;
}

const failedSchema = z.object({ corsErrorStatus: z.unknown().optional() });

/** Writes each event to the sink first, and then does what it calls for: counts, rows, bodies. */
export class EventLog {
  readonly #deps: EventLogDeps;
  readonly #tally: Tally;
  readonly #hosts: Set<string>;
  readonly #table: RequestTable;
  readonly #bodies: BodyFetcher;

  constructor(deps: EventLogDeps, tally: Tally, saved: readonly TrackedRequest[]) {
    this.#deps = deps;
    this.#tally = tally;
    this.#hosts = new Set(tally.hosts);
    this.#table = new RequestTable(
      {
        pageUrl: () => tally.pageUrl,
        onChange: (request) => {
          deps.sink.keep(request);
        },
        onForget: (key) => {
          deps.sink.forget(key);
        },
      },
      saved,
    );
    this.#bodies = new BodyFetcher({
      ...deps,
      settle: (request, lines, bytes, loss) => {
        this.#settle(request, lines, bytes, loss, lines.length > 0);
      },
      settleRequestBody: (request, lines) => {
        for (const line of lines) deps.sink.append(line);
        this.#table.update(request, { requestBody: 'done' });
      },
    });
  }

  get lastSeq(): number {
    return this.#table.lastSeq;
  }

  rows(after: number): TrafficRow[] {
    return this.#table.rows(after);
  }

  record(target: CdpTarget, method: string, params: Record<string, unknown>): void {
    const t = this.#deps.now();
    const streamed = this.#table.find(target, params['requestId'])?.streamed === true;
    const { params: p, cut } = slimEvent(method, params, streamed);
    const s = this.#deps.sessionOf(target);
    this.#deps.sink.append({ k: 'event', t, ...(s === undefined ? {} : { s }), m: method, p });
    if (cut) this.#deps.sink.append({ k: 'gap', t, reason: 'messages longer than 500 kB, cut', count: 1 });
    this.#react(target, method, params);
    this.#deps.onChange();
  }

  /** A frame shows another document: what its old one left open will not end any more. */
  closeFrame(tabId: number, frameId: string, newLoaderId: string | null): void {
    this.#closeOpen(
      'lost-navigation',
      (request) => request.tabId === tabId && request.frameId === frameId && request.loaderId !== newLoaderId,
    );
  }

  /** Reads the bodies of all that is still open, and waits for them at most `drainMs`. */
  async closeAll(unended: BodyLoss, drainMs: number): Promise<void> {
    this.#closeOpen(unended, () => true);
    await this.#bodies.drain(drainMs);
  }

  /** Asks again for the bodies that were being read when the worker died. */
  resumeBodies(): void {
    for (const request of this.#table.filter(({ requestBody }) => requestBody === 'wanted'))
      void this.#bodies.wantRequestBody(request);
    const isDue = ({ body, answered, row }: TrackedRequest) =>
      body === 'wanted' || (body === 'waiting' && answered && row.state !== 'pending');
    for (const request of this.#table.filter(isDue)) this.#want(request, null);
  }

  #closeOpen(unended: BodyLoss, belongs: (request: TrackedRequest) => boolean): void {
    const open = this.#table.filter((request) => request.body === 'waiting' && request.answered && belongs(request));
    for (const request of open) this.#want(request, unended);
  }

  #react(target: CdpTarget, method: string, params: Record<string, unknown>): void {
    switch (method) {
      case 'Network.requestWillBeSent': {
        const found = this.#table.sent(target, params);
        if (found !== null) this.#onSent(target, found.request, found.sent);
        return;
      }
      case 'Network.responseReceived':
        this.#table.received(target, params);
        return;
      case 'Network.responseReceivedExtraInfo':
        this.#table.extraReceived(target, params);
        return;
      case 'Network.dataReceived':
        this.#table.data(target, params);
        return;
      case 'Network.loadingFinished':
        this.#onEnded(this.#table.ended(target, params, false));
        return;
      case 'Network.loadingFailed':
        this.#onFailed(this.#table.ended(target, params, true), params);
        return;
      case 'Network.webSocketCreated': {
        const socket = this.#table.socketOpened(target, params);
        if (socket !== null) countRequest(this.#tally, this.#hosts, socket.row.url);
        return;
      }
      case 'Network.webSocketHandshakeResponseReceived':
        this.#table.socketAnswered(target, params);
        return;
      case 'Network.webSocketClosed':
      case 'Network.webSocketFrameError':
        this.#table.ended(target, params, method === 'Network.webSocketFrameError');
        return;
      default:
        return;
    }
  }

  #onSent(target: CdpTarget, request: TrackedRequest, { type, request: sent }: SentParams): void {
    countRequest(this.#tally, this.#hosts, request.row.url);
    const accept = Object.entries(sent.headers).find(([name]) => name.toLowerCase() === 'accept')?.[1];
    if (type === 'EventSource' || (typeof accept === 'string' && accept.includes('text/event-stream')))
      this.#stream(target, request);
    if (sent.hasPostData === true && sent.postData === undefined && (sent.postDataEntries ?? []).length === 0) {
      void this.#bodies.wantRequestBody(this.#table.update(request, { requestBody: 'wanted' }));
    }
  }

  /** Asked at once, so that nothing came before; what an endless answer has sent is then kept whatever becomes of it. */
  #stream(target: CdpTarget, request: TrackedRequest): void {
    this.#table.update(request, { streamed: true });
    this.#deps.port.send(target, 'Network.streamResourceContent', { requestId: request.requestId }).catch(() => {
      this.#table.update(request, { streamed: false });
    });
  }

  #onEnded(request: TrackedRequest | null): void {
    if (request?.body === 'waiting') this.#want(request, null);
  }

  #onFailed(request: TrackedRequest | null, params: unknown): void {
    if (request?.body !== 'waiting') return;
    const isCors = failedSchema.safeParse(params).data?.corsErrorStatus !== undefined;
    if (isCors) this.#settle(request, [], 0, 'cors', false);
    else if (request.answered) this.#want(request, null);
    else this.#table.update(request, { body: 'done' });
  }

  #want(request: TrackedRequest, unended: BodyLoss | null): void {
    if (request.streamed) this.#settle(request, [], request.receivedBytes, null, true);
    else this.#bodies.want(this.#table.update(request, { body: 'wanted' }), unended);
  }

  /** `recorded`: the body is in the log, by these lines or because it was streamed. */
  #settle(
    request: TrackedRequest,
    lines: readonly BodyLine[],
    bytes: number,
    loss: BodyLoss | null,
    recorded: boolean,
  ): void {
    for (const line of lines) this.#deps.sink.append(line);
    const size = loss === null ? bytes : (lines[0]?.bytes ?? request.receivedBytes);
    this.#table.update(request, { body: 'done' }, { bytes: size, lost: loss === null ? null : lossInWords(loss) });
    if (loss === null && recorded) {
      this.#tally.bodies += 1;
      this.#tally.bytes += bytes;
    } else if (loss !== null && loss !== 'policy') {
      this.#tally.lost += 1;
    }
    this.#deps.onChange();
  }
}
