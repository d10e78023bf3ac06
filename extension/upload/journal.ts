import { z } from 'zod';
import type { SealCapture } from '#shared/api.ts';
import { finish, settle, type StoreName, STORES } from './database.ts';
import { type RecordingRecord, recordingRecordSchema } from './recording-record.ts';
import { type Chunk, countForSegment, freezeSegment, type FrozenSegment, packLines } from './segments.ts';

interface JournalDeps {
  database: IDBDatabase;
  now: () => number;
  /** The record as it is now; stored together with every batch. Null when there is no recording. */
  record: () => RecordingRecord | null;
  /** Lines were stored. */
  onFlush: () => void;
  /** The database does not take any more. */
  onFull: (cause: unknown) => void;
}

export interface SavedJournal {
  record: RecordingRecord | null;
  requests: unknown[];
}

/** Of the segments made so far. */
export interface SegmentTotals {
  made: number;
  uploaded: number;
  compressedBytes: number;
  expandedBytes: number;
}

/** Lines that come sooner after a batch than this wait for the next one. */
const BATCH_MS = 15;
const RELAXED = { durability: 'relaxed' } as const;
const NOTHING: SegmentTotals = { made: 0, uploaded: 0, compressedBytes: 0, expandedBytes: 0 };

const storedSegmentSchema = z.object({
  n: z.number(),
  bytes: z.number(),
  expandedBytes: z.number(),
  sha256: z.string(),
  digest: z.string(),
  uploaded: z.boolean(),
});
type StoredSegment = z.infer<typeof storedSegmentSchema>;

/**
 * Everything recorded, on disk before anything else happens with it. Lines are gathered for a moment and stored in one transaction
 * with what belongs to them; a segment takes the place of its lines in one transaction, and its bytes go when the server has them.
 */
export class Journal {
  readonly #deps: JournalDeps;
  #lines: unknown[] = [];
  #kept = new Map<string, unknown>();
  #forgotten = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #freezing: Promise<unknown> = Promise.resolve();
  #totals = NOTHING;
  /** Of the lines stored that are in no segment yet. */
  #unfrozen = { bytes: 0, lines: 0 };
  #flushedAt = 0;

  constructor(deps: JournalDeps) {
    this.#deps = deps;
  }

  async load(): Promise<SavedJournal> {
    const transaction = this.#deps.database.transaction(['recording', 'requests'], 'readonly');
    const [stored, requests] = await Promise.all([
      settle<unknown[]>(transaction.objectStore('recording').getAll()),
      settle<unknown[]>(transaction.objectStore('requests').getAll()),
    ]);
    const segments = await this.#segments();
    this.#totals = {
      made: segments.length,
      uploaded: segments.filter(({ uploaded }) => uploaded).length,
      compressedBytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
      expandedBytes: segments.reduce((sum, { expandedBytes }) => sum + expandedBytes, 0),
    };
    const chunks = await this.#readChunks(() => false);
    this.#unfrozen = sumOf(chunks);
    return { record: recordingRecordSchema.safeParse(stored[0]).data ?? null, requests };
  }

  get totals(): SegmentTotals {
    return this.#totals;
  }

  append(line: unknown): void {
    this.#lines.push(line);
    this.#schedule();
  }

  keep(request: { key: string }): void {
    this.#kept.set(request.key, request);
    this.#forgotten.delete(request.key);
    this.#schedule();
  }

  forget(key: string): void {
    this.#kept.delete(key);
    this.#forgotten.add(key);
    this.#schedule();
  }

  /** Stores what was gathered, and the record. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flushedAt = this.#deps.now();
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Makes the next segment when enough is stored, or with `close` of what there is. Resolves to false when there was nothing to freeze. */
  freeze(close: boolean): Promise<boolean> {
    const run = this.#freezing.then(() => this.#freeze(close));
    this.#freezing = run.catch(() => undefined);
    return run;
  }

  /** The first segment that the server does not have. */
  async nextUpload(): Promise<FrozenSegment | null> {
    const segment = (await this.#segments()).find(({ uploaded }) => !uploaded);
    if (segment === undefined) return null;
    const store = this.#deps.database.transaction('bytes', 'readonly').objectStore('bytes');
    const stored: unknown = await settle<unknown>(store.get(segment.n));
    const data = z.object({ data: z.instanceof(Uint8Array<ArrayBuffer>) }).safeParse(stored).data?.data;
    if (data === undefined) throw new Error(`The bytes of segment ${segment.n} are missing.`);
    return { ...segment, data };
  }

  /** The server has it, so its bytes may go. */
  async markUploaded(segment: FrozenSegment): Promise<void> {
    const { data: _data, ...facts } = segment;
    const transaction = this.#deps.database.transaction(['segments', 'bytes'], 'readwrite', RELAXED);
    transaction.objectStore('segments').put({ ...facts, uploaded: true } satisfies StoredSegment);
    transaction.objectStore('bytes').delete(segment.n);
    await finish(transaction);
    this.#totals = { ...this.#totals, uploaded: this.#totals.uploaded + 1 };
  }

  /** What the seal lists, in order. */
  async digests(): Promise<SealCapture['segments']> {
    return (await this.#segments()).map(({ n, sha256, bytes }) => ({ n, sha256, bytes }));
  }

  /** Forgets the recording and all that belongs to it. */
  async clear(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#lines = [];
    this.#kept = new Map();
    this.#forgotten = new Set();
    await Promise.allSettled([this.#writing, this.#freezing]);
    const transaction = this.#deps.database.transaction([...STORES], 'readwrite');
    for (const name of STORES) transaction.objectStore(name).clear();
    await finish(transaction);
    this.#totals = NOTHING;
    this.#unfrozen = { bytes: 0, lines: 0 };
  }

  #schedule(): void {
    const wait = Math.max(0, this.#flushedAt + BATCH_MS - this.#deps.now());
    this.#timer ??= setTimeout(() => void this.flush(), wait);
  }

  async #write(): Promise<void> {
    const record = this.#deps.record();
    const [lines, kept, forgotten] = [this.#lines, this.#kept, this.#forgotten];
    this.#lines = [];
    this.#kept = new Map();
    this.#forgotten = new Set();
    if (record === null) return;
    const { chunks, tooLong } = packLines(lines);
    if (tooLong > 0) {
      const gap = { k: 'gap', t: this.#deps.now(), reason: 'lines too long to be sent', count: tooLong };
      chunks.push(...packLines([gap]).chunks);
    }
    try {
      const transaction = this.#deps.database.transaction(['recording', 'chunks', 'requests'], 'readwrite', RELAXED);
      const store = (name: StoreName) => transaction.objectStore(name);
      for (const chunk of chunks) store('chunks').add(chunk);
      for (const request of kept.values()) store('requests').put(request);
      for (const key of forgotten) store('requests').delete(key);
      store('recording').put(record);
      await finish(transaction);
    } catch (cause) {
      // Kept in memory until there is room again.
      this.#lines = [...lines, ...this.#lines];
      this.#kept = new Map([...kept, ...this.#kept]);
      this.#forgotten = new Set([...forgotten, ...this.#forgotten]);
      this.#deps.onFull(cause);
      return;
    }
    if (chunks.length === 0) return;
    const added = sumOf(chunks);
    this.#unfrozen = { bytes: this.#unfrozen.bytes + added.bytes, lines: this.#unfrozen.lines + added.lines };
    this.#deps.onFlush();
  }

  async #freeze(close: boolean): Promise<boolean> {
    if (countForSegment([this.#unfrozen], close) === 0) return false;
    // From the front, no more than one segment needs.
    const chunks = await this.#readChunks((read) => countForSegment(read, false) > 0);
    const taken = chunks.slice(0, countForSegment(chunks, close));
    if (taken.length === 0) return false;
    const { data, ...facts } = await freezeSegment(this.#totals.made, taken);
    const transaction = this.#deps.database.transaction(['chunks', 'segments', 'bytes'], 'readwrite');
    transaction.objectStore('segments').add({ ...facts, uploaded: false } satisfies StoredSegment);
    transaction.objectStore('bytes').add({ n: facts.n, data });
    for (const { id } of taken) transaction.objectStore('chunks').delete(id);
    await finish(transaction);
    const gone = sumOf(taken);
    this.#unfrozen = { bytes: this.#unfrozen.bytes - gone.bytes, lines: this.#unfrozen.lines - gone.lines };
    const { made, compressedBytes, expandedBytes } = this.#totals;
    this.#totals = {
      ...this.#totals,
      made: made + 1,
      compressedBytes: compressedBytes + facts.bytes,
      expandedBytes: expandedBytes + facts.expandedBytes,
    };
    return true;
  }

  async #segments(): Promise<StoredSegment[]> {
    const store = this.#deps.database.transaction('segments', 'readonly').objectStore('segments');
    return z.array(storedSegmentSchema).parse(await settle<unknown[]>(store.getAll()));
  }

  /** In order, until there are enough. */
  #readChunks(isEnough: (chunks: readonly Chunk[]) => boolean): Promise<Chunk[]> {
    const store = this.#deps.database.transaction('chunks', 'readonly').objectStore('chunks');
    const chunks: Chunk[] = [];
    return new Promise((resolve, reject) => {
      const request = store.openCursor();
      request.onerror = () => {
        reject(request.error ?? new Error('The journal could not be read.'));
      };
      request.onsuccess = () => {
        const cursor = request.result;
        if (cursor === null || isEnough(chunks)) {
          resolve(chunks);
          return;
        }
        // Only `#write` fills this store.
        chunks.push(cursor.value as Chunk);
        cursor.continue();
      };
    });
  }
}

function sumOf(chunks: readonly Pick<Chunk, 'bytes' | 'lines'>[]): { bytes: number; lines: number } {
  return chunks.reduce((sum, { bytes, lines }) => ({ bytes: sum.bytes + bytes, lines: sum.lines + lines }), {
    bytes: 0,
    lines: 0,
  });
}
