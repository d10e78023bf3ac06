import type { BodyLoss } from '../capture.ts';
import { type Body, type Exchange, type Header, headerValue } from '../exchange.ts';
import { bodyFromChunks, byteLength, isTextual, joinBody, lostBody } from './bodies.ts';
import { type Clock, toIsoTime } from './clock.ts';
import { durationMs, initiatorOf, type Draft } from './draft.ts';
import { ENDINGS, type Ending, type Endings } from './endings.ts';
import type { ResponseExtra } from './extra-info.ts';
import { bareMimeType, parseHeadersText, pseudoHeader, toHeaders, toHttpVersion } from './headers.ts';
import { splitHops, type WholeHop } from './hops.ts';
import type { ResponseInfo } from './protocol.ts';
import type { RequestLog } from './request-log.ts';

type Response = NonNullable<Exchange['response']>;

const LATE = 'it began before the recording';
const UNREPORTED = 'the browser did not report its answer';

/** The exchanges of one request id, one a redirect hop; empty when not even an address was recorded. */
export function assembleRequest(
  log: RequestLog,
  clock: Clock,
  endings: Endings,
  downloads: ReadonlySet<string>,
): Draft[] {
  const hops = splitHops(log);
  return hops.map((hop) => {
    const frameId = hop.sent?.frameId ?? hop.round.received?.frameId ?? null;
    const loaderId = hop.sent?.loaderId ?? hop.round.received?.loaderId ?? null;
    const startStamp =
      hop.sent?.timestamp ??
      hop.response?.timing?.requestTime ??
      (hop.last ? hop.round.received?.timestamp : hop.endStamp);
    const startMs = clock.toEpochMs(startStamp, log, hop.round.firstT);
    const responseBody = hop.last ? answerBody(hop) : null;
    const hasWholeBody = responseBody !== null && responseBody.lost === undefined && responseBody.truncated !== true;
    const ended = !hop.last || hop.round.finished !== null || hop.round.failed !== null || hasWholeBody;
    const ending = ended ? null : endings.of(log.tab, hop.round, frameId, loaderId);
    const isPreflight = hop.sent?.initiator?.type === 'preflight' || hop.round.received?.type === 'Preflight';
    const circumstances = { ending, isPreflight, isDownload: downloads.has(hop.url), body: responseBody };
    const response = assembleResponse(hop, circumstances);
    return {
      key: hop.roundIndex === 0 ? log.key : `${log.key} ${hop.roundIndex}`,
      tab: log.tab,
      loaderId,
      sessions: hop.round.sessions,
      startMs,
      endMs: hop.endStamp === undefined ? null : clock.toEpochMs(hop.endStamp, log, hop.round.lastT),
      preflightFor: isPreflight ? (hop.sent?.initiator?.requestId ?? null) : null,
      exchange: {
        id: 'x0',
        requestId: log.requestId,
        hop: hop.index,
        startedAt: toIsoTime(startMs),
        durationMs: durationMs(startStamp, hop.endStamp),
        resourceType: resourceType(hop, isPreflight),
        documentUrl: hop.sent?.documentURL ?? null,
        frameId,
        initiator: initiatorOf(hop.sent?.initiator),
        request: assembleHopRequest(hop),
        response,
        error: hop.last ? assembleError(hop) : null,
        incomplete: whyIncomplete(hop, ending, response),
        redirectTo: null,
        preflightOf: null,
        serviceWorkerPair: null,
        action: null,
        messages: hop.last ? serverMessages(hop, startStamp) : [],
      },
    };
  });
}

function whyIncomplete(hop: WholeHop, ending: Ending | null, response: Response | null): string | null {
  if (ending !== null) return ENDINGS[ending];
  if (hop.sent === null) return LATE;
  return response === null && hop.round.failed === null ? UNREPORTED : null;
}

function resourceType(hop: WholeHop, isPreflight: boolean): string {
  if (isPreflight) return 'preflight';
  const types = [hop.sent?.type, hop.round.received?.type, hop.round.failed?.type];
  const known = types.find((type) => type !== undefined && type !== '' && type !== 'Other');
  return (known ?? types.find((type) => type !== undefined) ?? 'Other').toLowerCase();
}

function assembleHopRequest(hop: WholeHop): Exchange['request'] {
  const headers = toHeaders(hop.requestExtra?.headers ?? hop.sent?.request.headers);
  const version = toHttpVersion(hop.response?.protocol);
  return {
    method: hop.sent?.request.method ?? pseudoHeader(hop.requestExtra?.headers, ':method') ?? 'GET',
    url: hop.url,
    ...(version === undefined ? {} : { httpVersion: version }),
    headers,
    body: requestBody(hop, bareMimeType(headerValue(headers, 'content-type'))),
  };
}

function requestBody(hop: WholeHop, mimeType: string): Body | null {
  const fetched = joinBody(hop.requestBodies, mimeType, true);
  if (fetched !== null && fetched.lost === undefined) return fetched;
  const request = hop.sent?.request;
  const chunks = (request?.postDataEntries ?? []).map((entry) => entry.bytes);
  const inline = chunks.filter((chunk) => chunk !== undefined);
  if (inline.length > 0 && inline.length === chunks.length) {
    const body = bodyFromChunks(inline, mimeType, true);
    if (body !== null) return body;
  }
  if (request?.postData !== undefined) return { mimeType, bytes: byteLength(request.postData), text: request.postData };
  if (fetched !== null) return fetched;
  return request?.hasPostData === true ? lostBody(mimeType, 'not-available') : null;
}

function answerMimeType(hop: WholeHop): string {
  const fromHeaders = () => headerValue(toHeaders(hop.responseExtra?.headers), 'content-type');
  return bareMimeType(
    hop.response?.mimeType === undefined || hop.response.mimeType === '' ? fromHeaders() : hop.response.mimeType,
  );
}

/** The body that was recorded, from its own lines or from what was streamed; null when neither is there. */
function answerBody(hop: WholeHop): Body | null {
  const mimeType = answerMimeType(hop);
  const fetched = joinBody(hop.responseBodies, mimeType, isTextual(mimeType));
  if (fetched !== null && fetched.lost === undefined) return fetched;
  const streamed =
    hop.round.streamed.length > 0 ? bodyFromChunks(hop.round.streamed, mimeType, isTextual(mimeType)) : null;
  if (streamed !== null) return hop.round.finished === null ? { ...streamed, truncated: true } : streamed;
  return fetched;
}

interface Circumstances {
  ending: Ending | null;
  isPreflight: boolean;
  isDownload: boolean;
  body: Body | null;
}

function assembleResponse(hop: WholeHop, circumstances: Circumstances): Response | null {
  const { response, responseExtra } = hop;
  const extraStatus = responseExtra?.statusCode;
  const status = extraStatus === 304 || response?.status === undefined ? extraStatus : response.status;
  if (status === undefined) return null;
  const revalidated = status === 304 && response !== null && response.status !== 304;
  const mimeType = answerMimeType(hop);
  const version = toHttpVersion(response?.protocol);
  return {
    status,
    statusText: revalidated ? 'Not Modified' : (response?.statusText ?? ''),
    ...(version === undefined ? {} : { httpVersion: version }),
    headers: responseHeaders(response, responseExtra, revalidated),
    mimeType,
    ...(response?.remoteIPAddress === undefined ? {} : { remoteAddress: response.remoteIPAddress }),
    fromCache: cacheKind(hop, revalidated),
    body: responseBody(hop, status, mimeType, circumstances),
  };
}

/** The headers of the wire; for a revalidated answer the stored ones, with the cookies that the 304 set. */
function responseHeaders(response: ResponseInfo | null, extra: ResponseExtra | null, revalidated: boolean): Header[] {
  const stored = () => parseHeadersText(response?.headersText) ?? toHeaders(response?.headers);
  if (extra === null) return stored();
  const wire = parseHeadersText(extra.headersText) ?? toHeaders(extra.headers);
  if (!revalidated) return wire;
  return [...stored(), ...wire.filter(([name]) => name.toLowerCase() === 'set-cookie')];
}

function cacheKind(hop: WholeHop, revalidated: boolean): Response['fromCache'] {
  if (hop.response?.fromServiceWorker === true) return 'service-worker';
  if (hop.response?.fromPrefetchCache === true) return 'prefetch';
  if (hop.last && hop.round.servedFromCache) return 'memory';
  return hop.response?.fromDiskCache === true || revalidated ? 'disk' : null;
}

function responseBody(hop: WholeHop, status: number, mimeType: string, circumstances: Circumstances): Body | null {
  const bytes = hop.last ? hop.round.dataBytes : 0;
  const lost = (reason: BodyLoss) => lostBody(mimeType, reason, bytes);
  if (!hop.last) return lost('redirect');
  if (circumstances.isPreflight) return lost('preflight');
  const recorded = circumstances.body;
  if (recorded !== null && recorded.lost === undefined) return recorded;
  if (status === 204 || status === 205 || hop.sent?.request.method === 'HEAD') return null;
  if (hop.round.failed?.corsErrorStatus !== undefined) return lost('cors');
  if (hop.response?.fromServiceWorker === true) return lost('service-worker');
  if (circumstances.isDownload && hop.round.failed?.canceled === true) return lost('download');
  if (recorded !== null && recorded.lost !== 'unknown') return recorded;
  if (hop.round.failed !== null) return lost(hop.round.failed.canceled === true ? 'canceled' : 'incomplete');
  if (circumstances.ending !== null) return lost(lossOf(circumstances.ending));
  return recorded ?? lost('unknown');
}

function lossOf(ending: Ending): BodyLoss {
  if (ending === 'navigation') return 'lost-navigation';
  return ending === 'end' || ending === 'crash' ? 'incomplete' : 'detached';
}

function assembleError(hop: WholeHop): Exchange['error'] {
  if (hop.round.failed === null) return null;
  const blocked = hop.round.failed.corsErrorStatus?.corsError ?? hop.round.failed.blockedReason;
  return {
    text: hop.round.failed.errorText ?? 'unknown error',
    canceled: hop.round.failed.canceled ?? false,
    ...(blocked === undefined ? {} : { blocked }),
  };
}

function serverMessages(hop: WholeHop, startStamp: number | undefined): Exchange['messages'] {
  return hop.round.serverEvents.map((p) => ({
    t: durationMs(startStamp, p.timestamp) ?? 0,
    direction: 'received' as const,
    ...(p.eventName === undefined || p.eventName === '' ? {} : { event: p.eventName }),
    ...(p.eventId === undefined || p.eventId === '' ? {} : { id: p.eventId }),
    data: p.data,
  }));
}
