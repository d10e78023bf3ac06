import type { TargetLine } from '../capture.ts';

const ROOT = 'tab';

/**
 * Which tab a session belongs to. The recorded tab itself has no session; the tab of a pop-up has one of its own that the
 * recorder names. A session that was never announced counts as the recorded tab's.
 */
export class TabTree {
  readonly #parents = new Map<string, string | undefined>();
  readonly #tabSessions = new Set<string>();
  readonly #mainFrames = new Set<string>();
  readonly serviceWorkers = new Set<string>();

  add(line: TargetLine): void {
    if (line.s === undefined || line.state !== 'attached') return;
    this.#parents.set(line.s, line.parent);
    if (line.type === 'tab' || line.type === 'page') this.#tabSessions.add(line.s);
    if (line.type === 'service_worker') this.serviceWorkers.add(line.s);
  }

  isTabItself(session: string | undefined): boolean {
    return session === undefined || this.#tabSessions.has(session);
  }

  tabOf(session: string | undefined): string {
    const seen = new Set<string>();
    for (let at = session; at !== undefined && !seen.has(at); at = this.#parents.get(at)) {
      if (this.#tabSessions.has(at)) return at;
      seen.add(at);
    }
    return ROOT;
  }

  addMainFrame(tab: string, frameId: string): void {
    this.#mainFrames.add(`${tab} ${frameId}`);
  }

  isMainFrame(tab: string, frameId: string): boolean {
    return this.#mainFrames.has(`${tab} ${frameId}`);
  }
}
