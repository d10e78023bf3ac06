import type { CreatedScan, CreateScan } from '#shared/api.ts';
import type { ApiClient, Answer, Failure } from './api-client.ts';
import { backoffMs } from './backoff.ts';
import type { Journal } from './journal.ts';

/** What the uploader needs to know of the recording. */
export interface UploadTask {
  /** Idempotency key of the scan. */
  id: string;
  scan: CreateScan;
  scanId: string | null;
  /** Nothing will be recorded any more, so what is left is sent and the capture sealed. */
  ended: boolean;
  sealed: boolean;
}

export interface UploaderDeps {
  journal: Pick<Journal, 'flush' | 'freeze' | 'nextUpload' | 'markUploaded' | 'digests'>;
  api: () => ApiClient;
  random: () => number;
  /** Null when there is nothing to upload. */
  task: () => UploadTask | null;
  onCreated: (scan: CreatedScan) => Promise<void>;
  onUploaded: () => void;
  onSealed: () => Promise<void>;
  /** `willRetry` tells whether it goes on by itself. */
  onFailure: (failure: Failure, willRetry: boolean) => void;
  onRecovered: () => void;
}

/** Kinds of failure that pass by themselves. */
const PASSING = new Set<Failure['kind']>(['offline', 'busy']);
/** The scan moved on without us: an answer was lost on the way. */
const ALREADY = 409;

/** Sends segments in order, one at a time, and seals the capture once the recording has ended. Runs whenever it is woken. */
export class Uploader {
  readonly #deps: UploaderDeps;
  #running = false;
  #again = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #stopped = false;

  constructor(deps: UploaderDeps) {
    this.#deps = deps;
  }

  /** There is something to do, or somebody wants it tried again now. */
  wake(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#stopped = false;
    this.#go();
  }

  /** There may be something to do; a wait that is under way goes on. */
  nudge(): void {
    if (this.#timer === null && !this.#stopped) this.#go();
  }

  #go(): void {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    void this.#run().finally(() => {
      this.#running = false;
      if (this.#again && this.#timer === null && !this.#stopped) this.#go();
    });
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const failure = await this.#round().catch((cause: unknown): Failure => {
        const message = cause instanceof Error ? cause.message : 'The browser could not read what it stored.';
        return { kind: 'refused', message, status: null, retryAfterMs: null };
      });
      if (failure === null) {
        if (this.#failures > 0) this.#deps.onRecovered();
        this.#failures = 0;
      } else {
        return this.#fail(failure);
      }
    }
  }

  #fail(failure: Failure): void {
    this.#failures += 1;
    const willRetry = PASSING.has(failure.kind);
    // One failure that passes by itself is not worth a word.
    if (!willRetry || this.#failures > 1) this.#deps.onFailure(failure, willRetry);
    if (!willRetry) {
      this.#stopped = true;
      return;
    }
    const wait = backoffMs(this.#failures, this.#deps.random, failure.retryAfterMs);
    this.#timer = setTimeout(() => {
      this.wake();
    }, wait);
  }

  /** Does all that can be done now; resolves to what went wrong. */
  async #round(): Promise<Failure | null> {
    const { journal, api, task, onUploaded } = this.#deps;
    for (;;) {
      const now = task();
      if (now === null || now.sealed) return null;
      if (now.ended) await this.#freezeRest();
      const segment = await journal.nextUpload();
      if (segment === null) return now.ended ? await this.#seal() : null;
      const scanId = now.scanId ?? (await this.#create(now));
      if (typeof scanId !== 'string') return scanId;
      const sent = await api().putSegment(scanId, segment);
      if (!sent.ok) return sent.failure;
      await journal.markUploaded(segment);
      onUploaded();
    }
  }

  async #freezeRest(): Promise<void> {
    await this.#deps.journal.flush();
    while (await this.#deps.journal.freeze(true));
  }

  async #create(task: UploadTask): Promise<string | Failure> {
    const created = await this.#deps.api().createScan(task.scan, task.id);
    if (!created.ok) return created.failure;
    await this.#deps.onCreated(created.value);
    return created.value.scanId;
  }

  async #seal(): Promise<Failure | null> {
    const { journal, api, task, onSealed } = this.#deps;
    const scanId = task()?.scanId;
    if (scanId == null) return null;
    const sealed: Answer<unknown> = await api().seal(scanId, { segments: await journal.digests() });
    if (!sealed.ok && sealed.failure.status !== ALREADY) return sealed.failure;
    if (!sealed.ok && !(await this.#isUnderWay(scanId))) return sealed.failure;
    await onSealed();
    return null;
  }

  /** Whether the server already works on the scan: the answer to an earlier seal may have been lost. */
  async #isUnderWay(scanId: string): Promise<boolean> {
    const answer = await this.#deps.api().events(scanId, 0, 0);
    return answer.ok && answer.value.scan.status !== 'recording' && answer.value.scan.status !== 'uploading';
  }
}
