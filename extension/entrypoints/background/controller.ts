import { captureLimits, type MetaLine } from '#shared/capture.ts';
import { CAPTURE_FORMAT, VERSION } from '#shared/version.ts';
import type { CdpTarget, DetachReason } from '../../capture/cdp-port.ts';
import { AttachRefused, type DebuggerSession } from '../../capture/debugger-session.ts';
import { Recording, type SavedRecording } from '../../capture/recording.ts';
import { tallySchema } from '../../capture/tally.ts';
import { type SavedTree, savedTreeSchema } from '../../capture/target-tree.ts';
import { trackedRequestSchema } from '../../capture/tracked-request.ts';
import type { RecordingState, RequestMessage, TrafficRow, Trouble } from '../../messages.ts';
import type { ApiClient } from '../../upload/api-client.ts';
import type { RecordingRecord } from '../../upload/recording-record.ts';
import { pendingSteps } from '../../upload/step-views.ts';
import { Delivery } from './delivery.ts';
import { RecordStore } from './record-store.ts';
import { captureTrouble, isCaptureTrouble, limitTrouble, storageTrouble } from './troubles.ts';

export interface ControllerDeps {
  session: DebuggerSession;
  database: IDBDatabase;
  api: () => ApiClient;
  now: () => number;
  random: () => number;
  newId: () => string;
  sleep: (ms: number) => Promise<void>;
  browserName: string;
  /** Null when there is no such tab. */
  findTab: (tabId: number) => Promise<{ url: string } | null>;
  /** What is saved here outlives the worker but not the browser, as tabs and sessions do. */
  loadTree: () => Promise<unknown>;
  saveTree: (tree: SavedTree | null) => Promise<void>;
  /** Wakes the worker now and then while something is under way. */
  keepAwake: (wanted: boolean) => void;
  onChange: () => void;
}

type StartMessage = Extract<RequestMessage, { type: 'start' }>;

/** A segment is closed after this long, so that the server can follow. */
const SEGMENT_MS = 10_000;
/** The share of the size limit at which recording ends. */
const FULL = 0.99;

/** The one recording there may be, and its phases from the first line to the report. Its verbs resolve to why not, in words. */
export class Controller {
  readonly #deps: ControllerDeps;
  readonly #store: RecordStore;
  readonly #delivery: Delivery;
  #recording: Recording | null = null;
  #frozenAt = 0;
  #ending: Promise<void> | null = null;

  constructor(deps: ControllerDeps) {
    this.#deps = deps;
    this.#store = new RecordStore({
      ...deps,
      tally: () => this.#recording?.tally ?? this.#store.record?.tally,
      onFlush: () => void this.#onFlush(),
      onFull: () => void this.#halt(storageTrouble()),
    });
    this.#delivery = new Delivery({ ...deps, store: this.#store });
  }

  /** Finds what was under way when the worker was last stopped, and goes on with it. */
  async restore(): Promise<void> {
    const requests = await this.#store.load();
    const { record } = this.#store;
    if (record === null) return;
    const tree = savedTreeSchema.safeParse(await this.#deps.loadTree()).data;
    const blank = Recording.blank(record.tabId, record.targetUrl);
    this.#open({
      tree: tree ?? blank.tree,
      tally: tallySchema.safeParse(record.tally).data ?? blank.tally,
      requests: requests.flatMap((request) => trackedRequestSchema.safeParse(request).data ?? []),
    });
    if (!record.ended) this.#goOn(record, tree !== undefined);
    this.wake();
  }

  #goOn(record: RecordingRecord, isSameBrowser: boolean): void {
    const now = this.#deps.now();
    if (record.phase !== 'paused') {
      const gap = { reason: 'the recorder was stopped and started again', count: 1, from: record.journaledAt, to: now };
      this.#store.journal.append({ k: 'gap', t: now, ...gap });
    }
    if (record.phase === 'uploading') {
      void this.#recording?.restore({ ending: true });
      void this.finish();
    } else if (!isSameBrowser) {
      // The browser was restarted: the number of the tab may now be another tab's.
      this.#onTrouble('tab-closed');
    } else if (record.phase === 'recording') {
      void this.#recording?.restore({ ending: false });
    }
  }

  /** Tries whatever waits. */
  wake(): void {
    const phase = this.#store.record?.phase;
    this.#deps.keepAwake(phase === 'recording' || phase === 'uploading' || phase === 'processing');
    this.#delivery.nudge();
  }

  /** Tries again what the server refused. */
  retryDelivery(): void {
    this.#delivery.retry();
  }

  state(): RecordingState | null {
    const { record, journal } = this.#store;
    if (record === null) return null;
    const tally = this.#recording?.tally ?? Recording.blank(record.tabId, record.targetUrl).tally;
    const { requests, bodies, lost, bytes, actions, hosts, attachedLate } = tally;
    const { made, uploaded, compressedBytes } = journal.totals;
    const { phase, tabId, targetUrl, intentText, startedAt, scanId, reportUrl, verdict, steps, trouble, limits } =
      record;
    return {
      phase,
      tabId,
      targetUrl,
      intentText,
      startedAt,
      counters: { requests, bodies, lost, bytes, compressedBytes, hosts: hosts.length, actions },
      segments: { made, uploaded },
      attachedLate: phase === 'recording' && attachedLate,
      warnBytes: limits?.warnBytes ?? captureLimits.warnBytes,
      limitBytes: limits?.scanBytes ?? captureLimits.scanBytes,
      scanId,
      reportUrl,
      verdict,
      steps,
      trouble,
    };
  }

  rows(after: number): TrafficRow[] {
    return this.#recording?.rows(after) ?? [];
  }

  get lastSeq(): number {
    return this.#recording?.lastSeq ?? 0;
  }

  async start(message: StartMessage): Promise<string | null> {
    const earlier = this.#store.record;
    if (earlier !== null && earlier.phase !== 'done') return 'A recording is already under way.';
    const tab = await this.#deps.findTab(message.tabId);
    if (tab === null) return 'The tab is closed.';
    const targetUrl = webAddress(tab.url);
    if (targetUrl === null) return 'Only web pages can be recorded. Open the site in this tab, then press Record.';
    const record = this.#newRecord(message, targetUrl);
    await this.#store.begin(record);
    this.#frozenAt = this.#deps.now();
    const recording = this.#open(Recording.blank(message.tabId, targetUrl));
    this.#store.journal.append(this.#metaLine(record));
    const refused = await attachTo(recording, message.reload);
    if (refused !== null) {
      await this.#forget();
      return refused;
    }
    if (message.reload) recording.tally.attachedLate = false;
    await this.#store.journal.flush();
    this.wake();
    return null;
  }

  async pause(): Promise<string | null> {
    if (this.#store.record?.phase !== 'recording') return 'Nothing is being recorded.';
    await this.#store.set({ phase: 'paused' });
    await this.#recording?.pause();
    await this.#store.journal.flush();
    return null;
  }

  /** Goes on after a pause, and tries again whatever stands still. */
  async resume(): Promise<string | null> {
    const { record } = this.#store;
    if (record === null || this.#recording === null) return 'There is no recording to go on with.';
    if (record.trouble?.kind === 'tab-closed') return 'The tab is closed. Finish with what is recorded.';
    if (record.phase === 'recording' || record.phase === 'paused') {
      if (record.trouble?.kind === 'tab-crashed') this.#recording.reload();
      else if (!this.#recording.tabs.has(record.tabId)) {
        const refused = await attachTo(this.#recording, false);
        if (refused !== null) return refused;
      }
      await this.#store.set({ phase: 'recording', trouble: null });
    }
    this.#delivery.retry();
    this.wake();
    return null;
  }

  reloadTarget(): string | null {
    if (this.#store.record?.phase !== 'recording') return 'Nothing is being recorded.';
    this.#recording?.reload();
    return null;
  }

  /** Ends the recording and sends the rest; also tries again when that has stopped. */
  async finish(): Promise<string | null> {
    const { record } = this.#store;
    if (record === null) return 'There is no recording to finish.';
    if (record.phase === 'done') return null;
    if (!record.ended) {
      await this.#store.set({ phase: 'uploading', trouble: null });
      this.#ending ??= this.#end().finally(() => {
        this.#ending = null;
      });
      await this.#ending;
    }
    this.#delivery.retry();
    this.wake();
    return null;
  }

  async discard(): Promise<string | null> {
    const { record } = this.#store;
    if (record === null) return null;
    if (record.sealed) return 'The recording is already with the server. Delete its report there instead.';
    await this.#forget();
    if (record.scanId !== null) void this.#deps.api().erase(record.scanId);
    return null;
  }

  /** Leaves a recording that needs this browser no more. */
  async dismiss(): Promise<string | null> {
    const { record } = this.#store;
    if (record === null) return null;
    if (!record.sealed && record.trouble?.action !== 'dismiss') {
      return 'The recording is not yet on the server. Finish it, or discard it.';
    }
    await this.#forget();
    return null;
  }

  onEvent(target: CdpTarget, method: string, params: Record<string, unknown>): void {
    this.#recording?.onEvent(target, method, params);
  }

  onDetach(tabId: number, reason: DetachReason): void {
    this.#recording?.onDetach(tabId, reason);
  }

  onTabCreated(tab: { id: number; openerTabId: number | undefined; url: string | undefined }): void {
    void this.#recording?.tabs.onCreated(tab);
  }

  onTabUpdated(tabId: number): void {
    void this.#recording?.tabs.onUpdated(tabId);
  }

  onTabReplaced(added: number, removed: number): void {
    if (this.#store.record?.tabId === removed) void this.#store.set({ tabId: added });
    void this.#recording?.tabs.onReplaced(added, removed);
  }

  onTabRemoved(tabId: number): void {
    this.#recording?.tabs.onRemoved(tabId);
  }

  #newRecord({ tabId, intentText, starterTemplate, consent }: StartMessage, targetUrl: string): RecordingRecord {
    const now = this.#deps.now();
    return {
      version: 1,
      id: this.#deps.newId(),
      phase: 'recording',
      tabId,
      targetUrl,
      intentText,
      starterTemplate,
      consent,
      startedAt: new Date(now).toISOString(),
      ended: false,
      tally: null,
      journaledAt: now,
      scanId: null,
      reportUrl: null,
      limits: null,
      sealed: false,
      cursor: 0,
      steps: pendingSteps(),
      verdict: null,
      trouble: null,
    };
  }

  #metaLine({ targetUrl, startedAt }: RecordingRecord): MetaLine {
    const { now, browserName } = this.#deps;
    const client = `extension/${VERSION}`;
    return { k: 'meta', t: now(), format: CAPTURE_FORMAT, client, browser: browserName, targetUrl, startedAt };
  }

  #open(saved: SavedRecording): Recording {
    const { journal } = this.#store;
    // What a recording still brings after it was given up must not reach the next one.
    const ifCurrent = (act: () => void): void => {
      if (this.#recording === recording) act();
    };
    const recording: Recording = new Recording(
      {
        ...this.#deps,
        sink: {
          append: (line) => {
            ifCurrent(() => {
              journal.append(line);
            });
          },
          keep: (request) => {
            ifCurrent(() => {
              journal.keep(request);
            });
          },
          forget: (key) => {
            ifCurrent(() => {
              journal.forget(key);
            });
          },
          saveTree: (tree) => {
            ifCurrent(() => void this.#deps.saveTree(tree));
          },
        },
        tabExists: async (tabId) => (await this.#deps.findTab(tabId)) !== null,
        budgetUsed: () => this.#budgetUsed(),
        onTrouble: (kind) => {
          ifCurrent(() => {
            this.#onTrouble(kind);
          });
        },
      },
      saved,
    );
    this.#recording = recording;
    return recording;
  }

  async #end(): Promise<void> {
    await this.#recording?.stop();
    await this.#store.set({ ended: true });
  }

  async #forget(): Promise<void> {
    const recording = this.#recording;
    this.#recording = null;
    await recording?.abandon();
    await this.#store.forget();
    await this.#deps.saveTree(null);
    this.wake();
  }

  #budgetUsed(): number {
    const { journal, record } = this.#store;
    const { scanBytes, scanExpandedBytes } = record?.limits ?? captureLimits;
    return Math.max(journal.totals.compressedBytes / scanBytes, journal.totals.expandedBytes / scanExpandedBytes);
  }

  async #onFlush(): Promise<void> {
    const isDue = this.#deps.now() - this.#frozenAt >= SEGMENT_MS;
    if (!(await this.#store.journal.freeze(isDue))) return;
    this.#frozenAt = this.#deps.now();
    this.#deps.onChange();
    this.#delivery.nudge();
    if (this.#budgetUsed() >= FULL) await this.#halt(limitTrouble());
  }

  /** Stops recording and waits for the user. */
  async #halt(trouble: Trouble): Promise<void> {
    if (this.#store.record?.phase !== 'recording') return;
    await this.#store.set({ phase: 'paused', trouble });
    await this.#recording?.pause();
  }

  #onTrouble(kind: Trouble['kind'] | null): void {
    if (kind === null) return this.#store.clearTrouble(isCaptureTrouble);
    if (!isCaptureTrouble(kind)) return;
    const isOver = kind === 'debugger-canceled' || kind === 'tab-closed' || kind === 'policy';
    void this.#store.set({ trouble: captureTrouble(kind), ...(isOver ? { phase: 'paused' } : {}) });
  }
}

async function attachTo(recording: Recording, reload: boolean): Promise<string | null> {
  try {
    await recording.start({ reload });
    return null;
  } catch (cause) {
    return cause instanceof AttachRefused ? cause.message : 'The browser did not let the recorder attach to this tab.';
  }
}

const LONGEST_ADDRESS = 4096;

/** The address to be recorded, without its fragment; null when it is no web page. */
function webAddress(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  url.hash = '';
  return url.href.length <= LONGEST_ADDRESS ? url.href : url.origin;
}
