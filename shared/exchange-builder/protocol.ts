import { z } from 'zod';

/**
 * The parts of DevTools-protocol events that exchanges are made of. Only what nothing can be done without is required; any
 * other field of the wrong shape reads as absent, so that an odd or newer browser costs a field and never a request.
 */
const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const text = lenient(z.string());
const number = lenient(z.number());
const flag = lenient(z.boolean());
const headers = lenient(z.record(z.string(), z.unknown()));

const requestId = z.string().min(1);

const requestInfo = z.object({
  url: z.string(),
  method: text,
  headers,
  postData: text,
  hasPostData: flag,
  postDataEntries: lenient(z.array(z.object({ bytes: text }))),
});

const responseInfo = z.object({
  url: text,
  status: number,
  statusText: text,
  headers,
  headersText: text,
  mimeType: text,
  protocol: text,
  remoteIPAddress: text,
  fromDiskCache: flag,
  fromServiceWorker: flag,
  fromPrefetchCache: flag,
  timing: lenient(z.object({ requestTime: number })),
});
export type ResponseInfo = z.infer<typeof responseInfo>;

const initiator = lenient(
  z.object({
    type: text,
    url: text,
    requestId: text,
    stack: lenient(
      z.object({
        callFrames: lenient(z.array(z.object({ url: text }))),
        parent: lenient(z.object({ callFrames: lenient(z.array(z.object({ url: text }))) })),
      }),
    ),
  }),
);
export type InitiatorInfo = NonNullable<z.infer<typeof initiator>>;

const frame = { opcode: number, payloadData: text };

export const eventSchemas = {
  'Network.requestWillBeSent': z.object({
    requestId,
    loaderId: text,
    documentURL: text,
    request: requestInfo,
    timestamp: number,
    wallTime: number,
    initiator,
    redirectHasExtraInfo: flag,
    redirectResponse: lenient(responseInfo),
    type: text,
    frameId: text,
  }),
  'Network.requestWillBeSentExtraInfo': z.object({ requestId, headers }),
  'Network.requestServedFromCache': z.object({ requestId }),
  'Network.responseReceived': z.object({
    requestId,
    loaderId: text,
    timestamp: number,
    type: text,
    response: responseInfo,
    hasExtraInfo: flag,
    frameId: text,
  }),
  'Network.responseReceivedExtraInfo': z.object({ requestId, headers, headersText: text, statusCode: number }),
  'Network.dataReceived': z.object({ requestId, timestamp: number, dataLength: number, data: text }),
  'Network.loadingFinished': z.object({ requestId, timestamp: number, encodedDataLength: number }),
  'Network.loadingFailed': z.object({
    requestId,
    timestamp: number,
    type: text,
    errorText: text,
    canceled: flag,
    blockedReason: text,
    corsErrorStatus: lenient(z.object({ corsError: text })),
  }),
  'Network.eventSourceMessageReceived': z.object({
    requestId,
    timestamp: number,
    eventName: text,
    eventId: text,
    data: z.string().catch(''),
  }),
  'Network.webSocketCreated': z.object({ requestId, url: z.string(), initiator }),
  'Network.webSocketWillSendHandshakeRequest': z.object({
    requestId,
    timestamp: number,
    wallTime: number,
    request: lenient(z.object({ headers })),
  }),
  'Network.webSocketHandshakeResponseReceived': z.object({
    requestId,
    timestamp: number,
    response: z.object({ status: number, statusText: text, headers, headersText: text, requestHeaders: headers }),
  }),
  'Network.webSocketFrameSent': z.object({ requestId, timestamp: number, response: z.object(frame) }),
  'Network.webSocketFrameReceived': z.object({ requestId, timestamp: number, response: z.object(frame) }),
  'Network.webSocketFrameError': z.object({ requestId, timestamp: number, errorMessage: text }),
  'Network.webSocketClosed': z.object({ requestId, timestamp: number }),
  'Page.frameNavigated': z.object({
    frame: z.object({ id: z.string(), parentId: text, loaderId: text, url: text }),
    type: text,
  }),
  'Page.frameDetached': z.object({ frameId: z.string(), reason: text }),
  'Page.navigatedWithinDocument': z.object({ frameId: z.string(), url: z.string() }),
  'Page.downloadWillBegin': z.object({ frameId: text, url: z.string() }),
  'Inspector.targetCrashed': z.object({}),
} as const;

export type KnownMethod = keyof typeof eventSchemas;
export type Params<M extends KnownMethod> = z.infer<(typeof eventSchemas)[M]>;

/** A parsed event, told apart by `m`. */
export type KnownEvent = { [M in KnownMethod]: { m: M; p: Params<M> } }[KnownMethod];

export function isKnownMethod(method: string): method is KnownMethod {
  return Object.hasOwn(eventSchemas, method);
}

/** Null when the parameters lack what the event cannot do without. */
export function parseEvent(method: KnownMethod, params: unknown): KnownEvent | null {
  const parsed = eventSchemas[method].safeParse(params);
  // The schema was chosen by this very method, so that method and parameters belong together.
  return parsed.success ? ({ m: method, p: parsed.data } as KnownEvent) : null;
}
