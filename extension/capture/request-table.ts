import { z } from 'zod';
import type { TrafficRow } from '../messages.ts';
import type { CdpTarget } from './cdp-port.ts';
import { isNetworkUrl, isThirdParty, rowsAfter } from './traffic.ts';
import { requestKey, type TrackedRequest } from './tracked-request.ts';

const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const sentSchema = z.object({
  requestId: z.string(),
  loaderId: lenient(z.string()),
  frameId: lenient(z.string()),
  type: lenient(z.string()),
  redirectResponse: lenient(z.object({ status: lenient(z.number()) })),
  request: z.object({
    url: z.string(),
    method: z.string().catch('GET'),
    headers: z.record(z.string(), z.unknown()).catch({}),
    hasPostData: lenient(z.boolean()),
    postData: lenient(z.string()),
    postDataEntries: lenient(z.array(z.unknown())),
  }),
});
export type SentParams = z.infer<typeof sentSchema>;

const receivedSchema = z.object({
  requestId: z.string(),
  loaderId: lenient(z.string()),
  frameId: lenient(z.string()),
  type: lenient(z.string()),
  response: z.object({
    url: z.string().catch(''),
    status: z.number().catch(0),
    mimeType: z.string().catch(''),
    fromServiceWorker: lenient(z.boolean()),
  }),
});

const extraSchema = z.object({ requestId: z.string(), statusCode: z.number() });
const dataSchema = z.object({ requestId: z.string(), dataLength: z.number() });
const endSchema = z.object({ requestId: z.string(), canceled: lenient(z.boolean()), errorText: lenient(z.string()) });
const socketSchema = z.object({ requestId: z.string(), url: z.string() });
const handshakeSchema = z.object({ requestId: z.string(), response: z.object({ status: z.number() }) });

/** Rows kept for the panel once nothing more is expected of them. */
const KEPT_ROWS = 2000;

interface RequestTableDeps {
  pageUrl: () => string;
  /** Called with each request that changed, to be kept beside the journal. */
  onChange: (request: TrackedRequest) => void;
  onForget: (key: string) => void;
}

/** The requests under way and the latest that ended, as the recorder needs them: to fetch bodies and to show rows. */
export class RequestTable {
  readonly #deps: RequestTableDeps;
  readonly #requests = new Map<string, TrackedRequest>();
  #seq = 0;

  constructor(deps: RequestTableDeps, saved: readonly TrackedRequest[] = []) {
    this.#deps = deps;
    for (const request of [...saved].sort((a, b) => a.row.seq - b.row.seq)) this.#requests.set(request.key, request);
    this.#seq = Math.max(0, ...saved.map(({ row }) => row.seq));
  }

  get lastSeq(): number {
    return this.#seq;
  }

  rows(after: number): TrafficRow[] {
    return rowsAfter(
      [...this.#requests.values()].map(({ row }) => row),
      after,
    );
  }

  find(target: CdpTarget, requestId: unknown): TrackedRequest | undefined {
    return typeof requestId === 'string' ? this.#requests.get(requestKey(target.tabId, requestId)) : undefined;
  }

  filter(wanted: (request: TrackedRequest) => boolean): TrackedRequest[] {
    return [...this.#requests.values()].filter(wanted);
  }

  /** Applies `change` to what is now known of the request, numbers its row anew and keeps both. */
  update(request: TrackedRequest, change: Partial<TrackedRequest>, row: Partial<TrafficRow> = {}): TrackedRequest {
    const current = this.#requests.get(request.key) ?? request;
    return this.#put({ ...current, ...change, row: { ...current.row, ...row } });
  }

  #put(request: TrackedRequest): TrackedRequest {
    this.#seq += 1;
    const next: TrackedRequest = { ...request, row: { ...request.row, seq: this.#seq } };
    this.#requests.delete(next.key);
    this.#requests.set(next.key, next);
    this.#deps.onChange(next);
    this.#trim();
    return next;
  }

  /** Null when it is not readable, or when nothing is sent over the network. */
  sent(target: CdpTarget, params: unknown): { request: TrackedRequest; sent: SentParams } | null {
    const sent = sentSchema.safeParse(params).data;
    if (sent === undefined || !isNetworkUrl(sent.request.url)) return null;
    const earlier = this.find(target, sent.requestId);
    const isRedirect = sent.redirectResponse !== undefined && earlier !== undefined;
    const key = requestKey(target.tabId, sent.requestId);
    const row = this.#row(key, sent.request.method, sent.request.url, sent.type ?? 'Other');
    // The memory cache answers again under the old id; the body is the one already recorded.
    const isRepeated = earlier !== undefined && !isRedirect;
    const request: TrackedRequest = {
      ...this.#blank(key, target, sent.requestId),
      frameId: sent.frameId ?? null,
      loaderId: sent.loaderId ?? null,
      hop: isRedirect ? earlier.hop + 1 : 0,
      body: isRepeated ? earlier.body : 'waiting',
      row: isRepeated ? { ...row, lost: earlier.row.lost } : row,
    };
    return { request: this.#put(request), sent };
  }

  received(target: CdpTarget, params: unknown): TrackedRequest | null {
    const received = receivedSchema.safeParse(params).data;
    if (received === undefined) return null;
    const known = this.find(target, received.requestId);
    if (known === undefined && !isNetworkUrl(received.response.url)) return null;
    const key = requestKey(target.tabId, received.requestId);
    const request = known ?? {
      ...this.#blank(key, target, received.requestId),
      row: this.#row(key, 'GET', received.response.url, received.type ?? 'Other'),
    };
    const { status, mimeType, fromServiceWorker } = received.response;
    const type = received.type === undefined || received.type === 'Other' ? request.row.resourceType : received.type;
    return this.update(
      request,
      {
        ...(target.sessionId === undefined ? {} : { sessionId: target.sessionId }),
        frameId: request.frameId ?? received.frameId ?? null,
        loaderId: request.loaderId ?? received.loaderId ?? null,
        answered: true,
        mimeType,
        fromServiceWorker: fromServiceWorker === true,
      },
      // The true status of a revalidated answer came with the extra headers.
      { status: request.row.status === 304 ? 304 : status, resourceType: type },
    );
  }

  extraReceived(target: CdpTarget, params: unknown): void {
    const extra = extraSchema.safeParse(params).data;
    const request = this.find(target, extra?.requestId);
    if (extra === undefined || request === undefined || request.row.status === extra.statusCode) return;
    this.update(request, {}, { status: extra.statusCode });
  }

  /** Counts in place: a row is not numbered anew for every chunk. */
  data(target: CdpTarget, params: unknown): void {
    const data = dataSchema.safeParse(params).data;
    const request = this.find(target, data?.requestId);
    if (data !== undefined && request !== undefined) request.receivedBytes += data.dataLength;
  }

  ended(target: CdpTarget, params: unknown, failed: boolean): TrackedRequest | null {
    const end = endSchema.safeParse(params).data;
    const request = this.find(target, end?.requestId);
    if (end === undefined || request === undefined) return null;
    const session = target.sessionId === undefined ? {} : { sessionId: target.sessionId };
    return this.update(
      request,
      { ...session, failed, canceled: end.canceled === true },
      { state: failed ? 'failed' : 'done', bytes: request.receivedBytes },
    );
  }

  socketOpened(target: CdpTarget, params: unknown): TrackedRequest | null {
    const socket = socketSchema.safeParse(params).data;
    if (socket === undefined) return null;
    const key = requestKey(target.tabId, socket.requestId);
    const row = this.#row(key, 'GET', socket.url, 'WebSocket');
    return this.#put({ ...this.#blank(key, target, socket.requestId), body: 'done', row });
  }

  socketAnswered(target: CdpTarget, params: unknown): void {
    const answer = handshakeSchema.safeParse(params).data;
    const request = this.find(target, answer?.requestId);
    if (answer !== undefined && request !== undefined)
      this.update(request, { answered: true }, { status: answer.response.status });
  }

  #blank(key: string, target: CdpTarget, requestId: string): Omit<TrackedRequest, 'row'> {
    return {
      key,
      requestId,
      tabId: target.tabId,
      ...(target.sessionId === undefined ? {} : { sessionId: target.sessionId }),
      frameId: null,
      loaderId: null,
      hop: 0,
      mimeType: '',
      answered: false,
      receivedBytes: 0,
      failed: false,
      canceled: false,
      fromServiceWorker: false,
      streamed: false,
      body: 'waiting',
      requestBody: 'none',
    };
  }

  #row(key: string, method: string, url: string, resourceType: string): TrafficRow {
    const thirdParty = isThirdParty(url, this.#deps.pageUrl());
    return {
      seq: 0,
      key,
      method,
      url,
      resourceType,
      status: null,
      bytes: null,
      lost: null,
      state: 'pending',
      thirdParty,
    };
  }

  #trim(): void {
    if (this.#requests.size <= KEPT_ROWS) return;
    for (const [key, { row, body, requestBody }] of this.#requests) {
      if (this.#requests.size <= KEPT_ROWS) return;
      if (row.state === 'pending' || body !== 'done' || requestBody === 'wanted') continue;
      this.#requests.delete(key);
      this.#deps.onForget(key);
    }
  }
}
