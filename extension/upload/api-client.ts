import type { z } from 'zod';
import {
  captureAcceptedSchema,
  type CaptureAccepted,
  connectedSchema,
  type CreatedScan,
  createdScanSchema,
  type CreateScan,
  type EventsAnswer,
  eventsAnswerSchema,
  type SealCapture,
  scanListSchema,
  templateListSchema,
  ticketSchema,
  type VersionAnswer,
  versionAnswerSchema,
} from '#shared/api.ts';
import { errorBodySchema } from '#shared/errors.ts';
import { CLIENT_HEADER, VERSION } from '#shared/version.ts';
import type { FrozenSegment } from './segments.ts';

/**
 * Why a call brought nothing. `offline`: no answer at all. `busy`: the server asks to come back later. `key`: the key is refused.
 * `too-old`: this client is. `limit`: a quota or size. `gone`: the scan is no more. `refused`: anything else said no.
 * `unreadable`: an answer this version does not understand.
 */
export type FailureKind = 'offline' | 'busy' | 'key' | 'too-old' | 'limit' | 'gone' | 'refused' | 'unreadable';

export interface Failure {
  kind: FailureKind;
  /** For people. */
  message: string;
  status: number | null;
  retryAfterMs: number | null;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface ApiClient {
  version(): Promise<Answer<VersionAnswer>>;
  connect(code: string): Promise<Answer<z.infer<typeof connectedSchema>>>;
  templates(): Promise<Answer<z.infer<typeof templateListSchema>>>;
  scans(): Promise<Answer<z.infer<typeof scanListSchema>>>;
  /** The same `idempotencyKey` again gives the same scan. */
  createScan(scan: CreateScan, idempotencyKey: string): Promise<Answer<CreatedScan>>;
  putSegment(scanId: string, segment: FrozenSegment): Promise<Answer<null>>;
  seal(scanId: string, capture: SealCapture): Promise<Answer<CaptureAccepted>>;
  /** Waits up to `waitMs` (at most 25000) for events after `since`. */
  events(scanId: string, since: number, waitMs: number, signal?: AbortSignal): Promise<Answer<EventsAnswer>>;
  erase(scanId: string): Promise<Answer<null>>;
  /** An address that opens the report as its owner. */
  ticket(scanId: string): Promise<Answer<z.infer<typeof ticketSchema>>>;
}

interface CallInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

interface ApiClientOptions {
  server: string;
  key: string | null;
  fetch: typeof fetch;
}

const QUICK_MS = 15_000;
const UPLOAD_MS = 120_000;
/** A worker is stopped when an answer takes longer than 30 s. */
const LONGEST_WAIT_MS = 25_000;

export function kindOfStatus(status: number): FailureKind {
  if (status === 401 || status === 403) return 'key';
  if (status === 410) return 'too-old';
  if (status === 404) return 'gone';
  if (status === 413 || status === 402) return 'limit';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'busy';
  return 'refused';
}

/** Seconds or a date, as `Retry-After` has it. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), 3_600_000) : null;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  async function call<T>(schema: z.ZodType<T> | null, path: string, init: CallInit = {}): Promise<Answer<T>> {
    const headers = new Headers(init.headers);
    headers.set(CLIENT_HEADER, `extension/${VERSION}`);
    if (options.key !== null) headers.set('Authorization', `Bearer ${options.key}`);
    const timeout = AbortSignal.timeout(init.timeoutMs ?? QUICK_MS);
    const signal = init.signal === undefined ? timeout : AbortSignal.any([timeout, init.signal]);
    let response: Response;
    let text: string;
    try {
      response = await options.fetch(`${options.server}${path}`, {
        method: init.method ?? 'GET',
        ...(init.body === undefined ? {} : { body: init.body }),
        headers,
        signal,
        credentials: 'omit',
        redirect: 'error',
        cache: 'no-store',
      });
      text = await response.text();
    } catch {
      return failed('offline', 'The server cannot be reached.', null, null);
    }
    const retryAfterMs = readRetryAfter(response.headers.get('Retry-After'), Date.now());
    const json = parseJson(text);
    if (!response.ok) {
      const said = errorBodySchema.safeParse(json).data?.error;
      const kind = said?.code === 'GONE' ? 'gone' : kindOfStatus(response.status);
      return failed(kind, said?.message ?? `The server answered ${response.status}.`, response.status, retryAfterMs);
    }
    const value = schema === null ? null : schema.safeParse(json);
    if (value !== null && !value.success) {
      const message = 'The server answered in a way this version does not understand; one of the two needs an update.';
      return failed('unreadable', message, response.status, null);
    }
    // Without a schema the value is null, which is what such calls declare.
    return { ok: true, value: (value === null ? null : value.data) as T };
  }

  const json = (body: unknown, headers: Record<string, string> = {}): CallInit => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

  return {
    version: () => call(versionAnswerSchema, '/version'),
    connect: (code) => call(connectedSchema, '/connect', json({ code })),
    templates: () => call(templateListSchema, '/templates'),
    scans: () => call(scanListSchema, '/scans'),
    createScan: (scan, idempotencyKey) =>
      call(createdScanSchema, '/scans', json(scan, { 'Idempotency-Key': idempotencyKey })),
    putSegment: (scanId, segment) =>
      call<null>(null, `/scans/${scanId}/segments/${segment.n}`, {
        method: 'PUT',
        headers: {
          'Content-Type': 'application/gzip',
          'Content-Digest': `sha-256=:${segment.digest}:`,
        },
        body: segment.data,
        timeoutMs: UPLOAD_MS,
      }),
    seal: (scanId, capture) => call(captureAcceptedSchema, `/scans/${scanId}/capture`, json(capture)),
    events: (scanId, since, waitMs, signal) =>
      call(eventsAnswerSchema, `/scans/${scanId}/events?since=${since}&waitMs=${Math.min(waitMs, LONGEST_WAIT_MS)}`, {
        signal,
        timeoutMs: LONGEST_WAIT_MS + 4_000,
      }),
    ticket: (scanId) => call(ticketSchema, `/scans/${scanId}/ticket`, { method: 'POST' }),
    erase: (scanId) => call<null>(null, `/scans/${scanId}`, { method: 'DELETE' }),
  };
}

function failed(
  kind: FailureKind,
  message: string,
  status: number | null,
  retryAfterMs: number | null,
): { ok: false; failure: Failure } {
  return { ok: false, failure: { kind, message, status, retryAfterMs } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
