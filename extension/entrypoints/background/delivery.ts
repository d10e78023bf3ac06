import type { CreatedScan, CreateScan, EventsAnswer } from '#shared/api.ts';
import { TERMINAL_STATUSES } from '#shared/events.ts';
import type { ApiClient, Failure } from '../../upload/api-client.ts';
import { Follower } from '../../upload/follower.ts';
import { applyEvents } from '../../upload/step-views.ts';
import { Uploader, type UploadTask } from '../../upload/uploader.ts';
import type { RecordStore } from './record-store.ts';
import { isCaptureTrouble, scanTrouble, uploadTrouble } from './troubles.ts';

export interface DeliveryDeps {
  store: RecordStore;
  api: () => ApiClient;
  random: () => number;
  sleep: (ms: number) => Promise<void>;
  onChange: () => void;
}

/** Brings the recording to the server and follows what becomes of it. */
export class Delivery {
  readonly #store: RecordStore;
  readonly #uploader: Uploader;
  readonly #follower: Follower;

  constructor({ store, onChange, ...deps }: DeliveryDeps) {
    this.#store = store;
    const onFailure = (failure: Failure, willRetry: boolean): void => {
      this.#onFailure(failure, willRetry);
    };
    this.#uploader = new Uploader({
      ...deps,
      onFailure,
      journal: store.journal,
      task: () => this.#uploadTask(),
      onCreated: ({ scanId, reportUrl, limits }: CreatedScan) => store.set({ scanId, reportUrl, limits }),
      onUploaded: onChange,
      onSealed: async () => {
        await store.set({ sealed: true, phase: 'processing', trouble: null });
        this.#follower.wake();
      },
      onRecovered: () => {
        store.clearTrouble((kind) => !isCaptureTrouble(kind));
      },
    });
    this.#follower = new Follower({
      ...deps,
      onFailure,
      task: () => {
        const record = store.record;
        if (record?.phase !== 'processing' || record.scanId === null) return null;
        return { scanId: record.scanId, cursor: record.cursor };
      },
      onAnswer: (answer) => this.#onEvents(answer),
    });
  }

  /** There may be something to do. */
  nudge(): void {
    this.#uploader.nudge();
    if (this.#store.record?.phase === 'processing') this.#follower.wake();
  }

  /** Somebody wants it tried again now. */
  retry(): void {
    this.#store.clearTrouble((kind) => !isCaptureTrouble(kind));
    this.#uploader.wake();
    this.nudge();
  }

  #uploadTask(): UploadTask | null {
    const record = this.#store.record;
    if (record === null) return null;
    const { id, scanId, ended, sealed, targetUrl, intentText, starterTemplate, consent } = record;
    const scan: CreateScan = { targetUrl, intentText, starterTemplate, consent };
    return { id, scan, scanId, ended, sealed };
  }

  #onFailure(failure: Failure, willRetry: boolean): void {
    const record = this.#store.record;
    if (record === null) return;
    const standing = record.trouble;
    if (standing !== null && (isCaptureTrouble(standing.kind) || (willRetry && standing.kind === 'offline'))) return;
    void this.#store.set({ trouble: uploadTrouble(failure, record.phase) });
  }

  async #onEvents({ events, cursor, scan }: EventsAnswer): Promise<void> {
    const record = this.#store.record;
    if (record?.scanId !== scan.scanId) return;
    const hasEnded = TERMINAL_STATUSES.has(scan.status);
    const change = {
      steps: applyEvents(record.steps, events),
      cursor,
      verdict: scan.verdict,
      reportUrl: scan.reportUrl,
    };
    if (hasEnded && scan.status !== 'complete')
      await this.#store.set({ ...change, trouble: scanTrouble(scan.failedStep) });
    else await this.#store.set({ ...change, trouble: null, ...(hasEnded ? { phase: 'done' } : {}) });
  }
}
