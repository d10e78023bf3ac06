import { z } from 'zod';
import type { BodyLine, BodyLoss } from '#shared/capture.ts';
import { base64Bytes, bodyLines, lossLine } from './body-lines.ts';
import { decideBody, LARGEST_BODY_BYTES, type Priority, priorityOf, readBodyLoss } from './body-policy.ts';
import { CdpError, type CdpPort, type CdpTarget } from './cdp-port.ts';
import type { TrackedRequest } from './tracked-request.ts';

interface BodyFetcherDeps {
  port: Pick<CdpPort, 'send'>;
  now: () => number;
  /** Whether bodies outlive a navigation and the root session answers for all. */
  isDurable: () => boolean;
  budgetUsed: () => number;
  sessionOf: (target: CdpTarget) => string | undefined;
  /** Takes the lines of a body together with the request that they settle. */
  settle: (request: TrackedRequest, lines: readonly BodyLine[], bytes: number, loss: BodyLoss | null) => void;
  settleRequestBody: (request: TrackedRequest, lines: readonly BodyLine[]) => void;
}

interface Job {
  request: TrackedRequest;
  /** The answer never ended: a missing body is then lost for this reason. */
  unended: BodyLoss | null;
}

const CONCURRENCY = 6;
const BODY_TIMEOUT_MS = 30_000;

const bodySchema = z.object({ body: z.string(), base64Encoded: z.boolean() });
const postDataSchema = z.object({ postData: z.string(), base64Encoded: z.boolean().optional() });

/** Reads bodies out of the browser, the important ones first, a few at a time. */
export class BodyFetcher {
  readonly #deps: BodyFetcherDeps;
  readonly #queues: Record<Priority, Job[]> = { 0: [], 1: [], 2: [], 3: [] };
  readonly #idleWaiters = new Set<() => void>();
  #running = 0;

  constructor(deps: BodyFetcherDeps) {
    this.#deps = deps;
  }

  get pending(): number {
    return this.#running + Object.values(this.#queues).reduce((sum, queue) => sum + queue.length, 0);
  }

  want(request: TrackedRequest, unended: BodyLoss | null = null): void {
    const decision = decideBody(request, this.#deps.budgetUsed());
    if (decision.do === 'none') return this.#deps.settle(request, [], 0, null);
    if (decision.do === 'skip') {
      const line = lossLine(this.#head(request, 'response'), decision.why, request.receivedBytes, decision.detail);
      return this.#deps.settle(request, [line], 0, decision.why);
    }
    this.#queues[priorityOf(request)].push({ request, unended });
    this.#pump();
  }

  /** Asks at once, for the browser forgets it at the next navigation. */
  async wantRequestBody(request: TrackedRequest): Promise<void> {
    const head = this.#head(request, 'request');
    try {
      const answer = await this.#deps.port.send(
        this.#target(request),
        'Network.getRequestPostData',
        { requestId: request.requestId },
        BODY_TIMEOUT_MS,
      );
      const { postData, base64Encoded } = postDataSchema.parse(answer);
      this.#deps.settleRequestBody(request, bodyLines(head, postData, base64Encoded === true, false));
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : '';
      this.#deps.settleRequestBody(request, [lossLine(head, 'not-available', 0, message)]);
    }
  }

  /** Resolves when nothing is left to fetch, at the latest after `timeoutMs`; what is left then is given up. */
  async drain(timeoutMs: number): Promise<void> {
    if (this.pending > 0) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          this.#idleWaiters.delete(done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        this.#idleWaiters.add(done);
      });
    }
    for (const queue of Object.values(this.#queues)) {
      for (const { request, unended } of queue.splice(0))
        this.#lose(request, unended ?? 'timeout', 'It was not read in time.');
    }
  }

  #pump(): void {
    while (this.#running < CONCURRENCY) {
      const job =
        this.#queues[0].shift() ?? this.#queues[1].shift() ?? this.#queues[2].shift() ?? this.#queues[3].shift();
      if (job === undefined) break;
      this.#running += 1;
      void this.#fetch(job).finally(() => {
        this.#running -= 1;
        this.#pump();
      });
    }
    if (this.pending === 0) for (const done of [...this.#idleWaiters]) done();
  }

  async #fetch({ request, unended }: Job): Promise<void> {
    try {
      const { body, base64Encoded } = await this.#read(request);
      const bytes = base64Encoded ? base64Bytes(body) : body.length;
      if (bytes > LARGEST_BODY_BYTES)
        return this.#lose(request, 'too-large', 'It is larger than a recording takes.', bytes);
      if (decideBody(request, 0).do === 'hash') return await this.#hash(request, body, base64Encoded);
      const lines = bodyLines(this.#head(request, 'response'), body, base64Encoded, request.failed || unended !== null);
      this.#deps.settle(request, lines, lines[0]?.bytes ?? 0, null);
    } catch (cause) {
      const failure = cause instanceof CdpError ? cause.failure : 'failed';
      const message = cause instanceof Error ? cause.message : '';
      const loss = readBodyLoss(failure, message, request);
      this.#lose(request, unended !== null && loss === 'not-available' ? unended : loss, message);
    }
  }

  async #read(request: TrackedRequest): Promise<z.infer<typeof bodySchema>> {
    const own = this.#target(request);
    const root: CdpTarget = { tabId: request.tabId };
    const targets = own.sessionId === undefined ? [root] : this.#deps.isDurable() ? [root, own] : [own, root];
    let failure: unknown;
    for (const target of targets) {
      try {
        const answer = await this.#deps.port.send(
          target,
          'Network.getResponseBody',
          { requestId: request.requestId },
          BODY_TIMEOUT_MS,
        );
        return bodySchema.parse(answer);
      } catch (cause) {
        failure ??= cause;
      }
    }
    throw failure;
  }

  async #hash(request: TrackedRequest, body: string, base64: boolean): Promise<void> {
    const bytes = base64 ? Uint8Array.from(atob(body), (char) => char.charCodeAt(0)) : new TextEncoder().encode(body);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const line = lossLine(this.#head(request, 'response'), 'policy', bytes.length, undefined, sha256);
    this.#deps.settle(request, [line], 0, 'policy');
  }

  #lose(request: TrackedRequest, loss: BodyLoss, detail: string, bytes = request.receivedBytes): void {
    this.#deps.settle(request, [lossLine(this.#head(request, 'response'), loss, bytes, detail)], 0, loss);
  }

  #target({ tabId, sessionId }: TrackedRequest): CdpTarget {
    return sessionId === undefined ? { tabId } : { tabId, sessionId };
  }

  #head(request: TrackedRequest, of: 'request' | 'response') {
    const s = this.#deps.sessionOf(this.#target(request));
    return {
      t: this.#deps.now(),
      s,
      requestId: request.requestId,
      of,
      ...(of === 'request' ? { hop: request.hop } : {}),
    };
  }
}
