import type { Trouble } from '../../messages.ts';
import { Journal } from '../../upload/journal.ts';
import type { RecordingRecord } from '../../upload/recording-record.ts';

interface RecordStoreDeps {
  database: IDBDatabase;
  now: () => number;
  /** Counters of the recording as they are now. */
  tally: () => unknown;
  onFlush: () => void;
  onFull: () => void;
  onChange: () => void;
}

/** The record of the one recording there may be, in memory and in the journal. */
export class RecordStore {
  readonly journal: Journal;
  readonly #deps: RecordStoreDeps;
  #record: RecordingRecord | null = null;

  constructor(deps: RecordStoreDeps) {
    this.#deps = deps;
    this.journal = new Journal({
      ...deps,
      record: () => this.#stamp(),
    });
  }

  get record(): RecordingRecord | null {
    return this.#record;
  }

  /** Takes up what was stored; resolves to the requests stored beside it. */
  async load(): Promise<unknown[]> {
    const { record, requests } = await this.journal.load();
    this.#record = record;
    return requests;
  }

  async begin(record: RecordingRecord): Promise<void> {
    await this.journal.clear();
    this.#record = record;
  }

  async forget(): Promise<void> {
    this.#record = null;
    await this.journal.clear();
    this.#deps.onChange();
  }

  /** Changes the record; resolves when that is stored. */
  async set(change: Partial<RecordingRecord>): Promise<void> {
    if (this.#record === null) return;
    this.#record = { ...this.#record, ...change };
    this.#deps.onChange();
    await this.journal.flush();
  }

  clearTrouble(isMeant: (kind: Trouble['kind']) => boolean): void {
    if (this.#record?.trouble != null && isMeant(this.#record.trouble.kind)) void this.set({ trouble: null });
  }

  #stamp(): RecordingRecord | null {
    if (this.#record === null) return null;
    this.#record = { ...this.#record, journaledAt: this.#deps.now(), tally: this.#deps.tally() };
    return this.#record;
  }
}
