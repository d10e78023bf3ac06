import type { TargetLine } from '#shared/capture.ts';
import type { Trouble } from '../messages.ts';
import type { CdpTarget } from './cdp-port.ts';
import { AttachRefused, type DebuggerSession } from './debugger-session.ts';
import { reattach } from './reattach.ts';
import { resumeTarget, setUpTarget } from './target-setup.ts';
import { type SavedTree, TargetTree } from './target-tree.ts';

export interface RecordedTabsDeps {
  session: DebuggerSession;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  tabExists: (tabId: number) => Promise<boolean>;
  onLine: (line: TargetLine) => void;
  saveTree: (tree: SavedTree) => void;
  /** The recorded tab itself was attached to, or is no longer. */
  onMainTab: (attached: boolean) => void;
  onTrouble: (kind: Trouble['kind'] | null) => void;
}

const COOLDOWN_MS = 3_000;
const OPENABLE = /^(https?|about|blob|data):/;

/** Keeps hold of the recorded tab and of the pop-ups it opens, through whatever makes the browser let go of them. */
export class RecordedTabs {
  readonly #deps: RecordedTabsDeps;
  readonly #tree: TargetTree;
  readonly #waitingPopups = new Set<number>();
  #isDurable = true;
  #released = true;
  #reattaching = false;
  #reattachedAt = 0;

  constructor(deps: RecordedTabsDeps, saved: SavedTree) {
    this.#deps = deps;
    this.#tree = new TargetTree(saved);
    this.#released = saved.tabs.length === 0;
  }

  /** Whether this browser keeps bodies beyond a navigation; it is taken to until it refuses. */
  get isDurable(): boolean {
    return this.#isDurable;
  }

  get mainTab(): number {
    return this.#tree.mainTab;
  }

  has(tabId: number): boolean {
    return !this.#released && this.#tree.hasTab(tabId);
  }

  isMain(target: CdpTarget): boolean {
    return target.sessionId === undefined && target.tabId === this.#tree.mainTab;
  }

  sessionOf(target: CdpTarget): string | undefined {
    return this.#tree.sessionOf(target);
  }

  /** Rejects with `AttachRefused`. */
  async attach(): Promise<void> {
    await this.#deps.session.attach(this.mainTab);
    this.#released = false;
    this.#adopt(this.mainTab);
  }

  /** Lets go of every tab. */
  async release(reason: string): Promise<void> {
    this.#released = true;
    for (const tabId of this.#tree.tabs) {
      await this.#deps.session.detach(tabId);
      this.#forget(tabId, reason);
    }
  }

  /** After the death of the worker: paused children run again, tabs that were let go of in between are looked after. */
  async restore(): Promise<void> {
    this.#released = false;
    for (const child of this.#tree.children) resumeTarget(this.#deps.session, child);
    const attached = await this.#deps.session.attachedTabs();
    for (const tabId of this.#tree.tabs)
      if (!attached.has(tabId)) this.#forget(tabId, 'closed while the recorder was away');
    if (!this.#tree.hasTab(this.mainTab)) await this.#attachAgain(this.mainTab);
  }

  onChildAttached(by: CdpTarget, params: unknown): void {
    const child = this.#tree.addChild(by, params, this.#deps.now());
    if (child === null) return;
    this.#setUp(child.target, child.type);
    this.#changed(child.line);
  }

  onChildDetached(params: unknown): void {
    const line = this.#tree.removeChild(params, this.#deps.now());
    if (line !== null) this.#changed(line);
  }

  /** The user pressed Cancel on the browser's bar, which lets go of every tab at once. */
  onCanceled(): void {
    this.#released = true;
    for (const tabId of this.#tree.tabs) this.#forget(tabId, 'canceled by the user');
    this.#deps.onTrouble('debugger-canceled');
  }

  /** The browser detached by itself: the tab is closed, or it shows a page that may not be recorded. */
  async onClosed(tabId: number): Promise<void> {
    if (this.has(tabId)) await this.#onGone(tabId);
  }

  /** A tab opened by a recorded tab is recorded too. */
  async onCreated(tab: { id: number; openerTabId: number | undefined; url: string | undefined }): Promise<void> {
    if (tab.openerTabId === undefined || !this.has(tab.openerTabId)) return;
    if (tab.url !== undefined && tab.url !== '' && !OPENABLE.test(tab.url)) return;
    this.#waitingPopups.add(tab.id);
    await this.#attachPopup(tab.id);
  }

  /** Its page changed: what could not be recorded before may now be. */
  async onUpdated(tabId: number): Promise<void> {
    if (this.#released) return;
    if (this.#waitingPopups.has(tabId)) await this.#attachPopup(tabId);
    else if (tabId === this.mainTab && !this.#tree.hasTab(tabId)) await this.#attachAgain(tabId);
  }

  async onReplaced(added: number, removed: number): Promise<void> {
    if (removed !== this.mainTab) return;
    this.#forget(removed, 'replaced by the browser');
    this.#tree.replaceMainTab(added);
    if (!this.#released) await this.#attachAgain(added);
  }

  onRemoved(tabId: number): void {
    this.#waitingPopups.delete(tabId);
  }

  #changed(line: TargetLine): void {
    this.#deps.onLine(line);
    this.#deps.saveTree(this.#tree.save());
  }

  #adopt(tabId: number): void {
    this.#setUp({ tabId }, 'page');
    this.#changed(this.#tree.addTab(tabId, this.#deps.now()));
    if (tabId === this.mainTab) this.#deps.onMainTab(true);
  }

  #setUp(target: CdpTarget, type: string): void {
    void setUpTarget(this.#deps.session, target, type).then(({ durable }) => {
      if (durable === 'unsupported') this.#isDurable = false;
    });
  }

  #forget(tabId: number, reason: string): void {
    const line = this.#tree.removeTab(tabId, reason, this.#deps.now());
    if (line === null) return;
    this.#changed(line);
    if (tabId === this.mainTab) this.#deps.onMainTab(false);
  }

  async #onGone(tabId: number): Promise<void> {
    this.#forget(tabId, 'closed by the browser');
    if (tabId === this.mainTab) await this.#attachAgain(tabId);
  }

  async #attachAgain(tabId: number): Promise<void> {
    if (this.#reattaching) return;
    this.#reattaching = true;
    try {
      const rest = this.#reattachedAt + COOLDOWN_MS - this.#deps.now();
      if (rest > 0) await this.#deps.sleep(rest);
      const outcome = await reattach(this.#deps, tabId);
      if (outcome !== 'attached') return this.#deps.onTrouble(outcome === 'busy' ? 'page-not-recordable' : outcome);
      if (this.#released) return await this.#deps.session.detach(tabId);
      this.#reattachedAt = this.#deps.now();
      this.#adopt(tabId);
      this.#deps.onTrouble(null);
    } finally {
      this.#reattaching = false;
    }
  }

  async #attachPopup(tabId: number): Promise<void> {
    try {
      await this.#deps.session.attach(tabId);
      this.#waitingPopups.delete(tabId);
      if (!this.#tree.hasTab(tabId)) this.#adopt(tabId);
    } catch (cause) {
      if (!(cause instanceof AttachRefused) || cause.why !== 'page-not-recordable') this.#waitingPopups.delete(tabId);
    }
  }
}
