import { z } from 'zod';
import type { TargetLine } from '#shared/capture.ts';
import type { CdpTarget } from './cdp-port.ts';

const childSchema = z.object({ tabId: z.number(), parent: z.string().optional(), type: z.string(), url: z.string() });
/** The form in which the tree survives the death of the worker. */
export const savedTreeSchema = z.object({
  mainTab: z.number(),
  tabs: z.array(z.number()),
  children: z.array(z.tuple([z.string(), childSchema])),
});
export type SavedTree = z.infer<typeof savedTreeSchema>;

const attachedSchema = z.object({
  sessionId: z.string(),
  targetInfo: z.object({ type: z.string(), url: z.string().catch('') }),
});

/** The recorded tabs with the frames and workers in them. Pop-ups of the recorded tab have a session of our naming in the lines. */
export class TargetTree {
  #mainTab: number;
  readonly #tabs: Set<number>;
  readonly #children: Map<string, z.infer<typeof childSchema>>;

  constructor(saved: SavedTree) {
    this.#mainTab = saved.mainTab;
    this.#tabs = new Set(saved.tabs);
    this.#children = new Map(saved.children);
  }

  save(): SavedTree {
    return { mainTab: this.#mainTab, tabs: [...this.#tabs], children: [...this.#children] };
  }

  get mainTab(): number {
    return this.#mainTab;
  }

  get tabs(): readonly number[] {
    return [...this.#tabs];
  }

  get children(): CdpTarget[] {
    return [...this.#children].map(([sessionId, { tabId }]) => ({ tabId, sessionId }));
  }

  hasTab(tabId: number): boolean {
    return this.#tabs.has(tabId);
  }

  /** The browser may give a tab another id when it brings it back from memory. */
  replaceMainTab(added: number): void {
    this.#mainTab = added;
  }

  /** The session named in the lines; undefined for the recorded tab itself. */
  sessionOf(target: CdpTarget): string | undefined {
    return target.sessionId ?? (target.tabId === this.#mainTab ? undefined : `tab-${target.tabId}`);
  }

  addTab(tabId: number, t: number): TargetLine {
    this.#tabs.add(tabId);
    return this.#line({ tabId }, 'attached', 'page', t, {});
  }

  /** Null when the tab was not recorded. Its frames and workers are gone with it. */
  removeTab(tabId: number, reason: string, t: number): TargetLine | null {
    if (!this.#tabs.delete(tabId)) return null;
    for (const [sessionId, child] of this.#children) if (child.tabId === tabId) this.#children.delete(sessionId);
    return this.#line({ tabId }, 'detached', 'page', t, { reason });
  }

  /** A frame or worker that `Target.attachedToTarget` announced; null when the event is not readable. */
  addChild(by: CdpTarget, params: unknown, t: number): { target: CdpTarget; type: string; line: TargetLine } | null {
    const parsed = attachedSchema.safeParse(params);
    if (!parsed.success) return null;
    const { sessionId, targetInfo } = parsed.data;
    const parent = this.sessionOf(by);
    const { type, url } = targetInfo;
    this.#children.set(sessionId, { tabId: by.tabId, ...(parent === undefined ? {} : { parent }), type, url });
    const target = { tabId: by.tabId, sessionId };
    const line = this.#line(target, 'attached', type, t, { ...(parent === undefined ? {} : { parent }), url });
    return { target, type, line };
  }

  removeChild(params: unknown, t: number): TargetLine | null {
    const sessionId = z.object({ sessionId: z.string() }).safeParse(params).data?.sessionId;
    const child = sessionId === undefined ? undefined : this.#children.get(sessionId);
    if (sessionId === undefined || child === undefined) return null;
    this.#children.delete(sessionId);
    return this.#line({ tabId: child.tabId, sessionId }, 'detached', child.type, t, {});
  }

  #line(
    target: CdpTarget,
    state: TargetLine['state'],
    type: string,
    t: number,
    fields: Partial<TargetLine>,
  ): TargetLine {
    const s = this.sessionOf(target);
    return { k: 'target', t, ...(s === undefined ? {} : { s }), state, type, tabId: target.tabId, ...fields };
  }
}
