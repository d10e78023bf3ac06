import { z } from 'zod';
import { FINISHED_REASON, RECORDED_EVENTS } from '#shared/capture.ts';
import type { TrafficRow, Trouble } from '../messages.ts';
import { ACTION_BINDING, readAction } from './action-script.ts';
import type { CdpTarget, DetachReason } from './cdp-port.ts';
import { completenessLine } from './completeness.ts';
import type { DebuggerSession } from './debugger-session.ts';
import { EventLog, type LineSink } from './event-log.ts';
import { RecordedTabs } from './recorded-tabs.ts';
import { emptyTally, type Tally } from './tally.ts';
import { bindActions } from './target-setup.ts';
import type { SavedTree } from './target-tree.ts';
import type { TrackedRequest } from './tracked-request.ts';

export interface RecordingDeps {
  session: DebuggerSession;
  sink: LineSink & { saveTree(tree: SavedTree): void };
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  tabExists: (tabId: number) => Promise<boolean>;
  /** Share of the size limit that is used. */
  budgetUsed: () => number;
  /** Counters or rows changed. */
  onChange: () => void;
  /** Something stands in the way; null when it no longer does. */
  onTrouble: (kind: Trouble['kind'] | null) => void;
}

/** What a recording goes on from after the death of the worker. */
export interface SavedRecording {
  tree: SavedTree;
  tally: Tally;
  requests: readonly TrackedRequest[];
}

const STOP_DRAIN_MS = 8_000;
const PAUSE_DRAIN_MS = 3_000;

const navigatedSchema = z.object({
  frame: z.object({
    id: z.string(),
    parentId: z.string().optional(),
    loaderId: z.string().optional(),
    url: z.string(),
  }),
});

/** One recording: a tab with the pop-ups it opens, and everything they report. */
export class Recording {
  readonly tabs: RecordedTabs;
  readonly tally: Tally;
  readonly #deps: RecordingDeps;
  readonly #log: EventLog;

  constructor(deps: RecordingDeps, saved: SavedRecording) {
    this.#deps = deps;
    this.tally = saved.tally;
    this.tabs = new RecordedTabs(
      {
        ...deps,
        onLine: (line) => {
          deps.sink.append(line);
        },
        saveTree: (tree) => {
          deps.sink.saveTree(tree);
        },
        onMainTab: (attached) => {
          this.#onMainTab(attached);
        },
      },
      saved.tree,
    );
    this.#log = new EventLog(
      {
        ...deps,
        port: deps.session,
        isDurable: () => this.tabs.isDurable,
        sessionOf: (target) => this.tabs.sessionOf(target),
      },
      saved.tally,
      saved.requests,
    );
  }

  static blank(tabId: number, pageUrl: string): SavedRecording {
    return { tree: { mainTab: tabId, tabs: [], children: [] }, tally: emptyTally(pageUrl), requests: [] };
  }

  get lastSeq(): number {
    return this.#log.lastSeq;
  }

  rows(after: number): TrafficRow[] {
    return this.#log.rows(after);
  }

  /** Begins, or goes on after a pause. Rejects with `AttachRefused`. */
  async start(options: { reload: boolean }): Promise<void> {
    await this.tabs.attach();
    if (options.reload) this.reload();
  }

  reload(): void {
    this.#deps.session.send({ tabId: this.tabs.mainTab }, 'Page.reload').catch(() => undefined);
  }

  /** Reads what is open, then lets go of the tabs. */
  async pause(): Promise<void> {
    await this.#log.closeAll('incomplete', PAUSE_DRAIN_MS);
    await this.tabs.release('paused');
  }

  /** The same for good; the recording is complete afterwards. */
  async stop(): Promise<void> {
    await this.#log.closeAll('incomplete', STOP_DRAIN_MS);
    await this.tabs.release(FINISHED_REASON);
    this.#deps.sink.append(completenessLine(this.#deps.now()));
  }

  /** Lets go of the tabs and forgets what is open. */
  async abandon(): Promise<void> {
    await this.tabs.release('discarded');
  }

  /** Goes on after the death of the worker: at once with the bodies it was reading, and with the tabs unless it is to end. */
  async restore(options: { ending: boolean }): Promise<void> {
    this.#log.resumeBodies();
    if (!options.ending) await this.tabs.restore();
  }

  onEvent(target: CdpTarget, method: string, params: Record<string, unknown>): void {
    if (!this.tabs.has(target.tabId)) return;
    // A new frame or worker waits for this, so it goes before everything else.
    if (method === 'Target.attachedToTarget') this.tabs.onChildAttached(target, params);
    else if (method === 'Target.detachedFromTarget') this.tabs.onChildDetached(params);
    else if (method === 'Runtime.bindingCalled') this.#onAction(params);
    else if (RECORDED_EVENTS.has(method)) {
      this.#log.record(target, method, params);
      this.#onPageEvent(target, method, params);
    }
  }

  onDetach(tabId: number, reason: DetachReason): void {
    if (!this.tabs.has(tabId)) return;
    if (reason === 'canceled_by_user') this.tabs.onCanceled();
    else void this.tabs.onClosed(tabId);
  }

  #onMainTab(attached: boolean): void {
    const now = this.#deps.now();
    if (!attached) {
      this.tally.detachedAt = now;
      return;
    }
    this.tally.attachedLate = true;
    if (this.tally.detachedAt === null) return;
    const gap = { reason: 'the recorder was not attached to the tab', count: 1, from: this.tally.detachedAt, to: now };
    this.#deps.sink.append({ k: 'gap', t: now, ...gap });
    this.tally.detachedAt = null;
  }

  #onAction(params: Record<string, unknown>): void {
    const line = params['name'] === ACTION_BINDING ? readAction(params['payload'], this.#deps.now()) : null;
    if (line === null) return;
    this.#deps.sink.append(line);
    this.tally.actions += 1;
    this.#deps.onChange();
  }

  #onPageEvent(target: CdpTarget, method: string, params: Record<string, unknown>): void {
    if (method === 'Page.frameNavigated') this.#onNavigated(target, params);
    else if (method === 'Page.domContentEventFired') bindActions(this.#deps.session, target);
    else if (method === 'Inspector.targetCrashed' && this.tabs.isMain(target)) this.#deps.onTrouble('tab-crashed');
  }

  #onNavigated(target: CdpTarget, params: unknown): void {
    const frame = navigatedSchema.safeParse(params).data?.frame;
    if (frame === undefined) return;
    bindActions(this.#deps.session, target);
    this.#log.closeFrame(target.tabId, frame.id, frame.loaderId ?? null);
    if (!this.tabs.isMain(target) || frame.parentId !== undefined) return;
    this.tally.pageUrl = frame.url;
    this.tally.attachedLate = false;
    this.tally.actions += 1;
    this.#deps.onTrouble(null);
  }
}
