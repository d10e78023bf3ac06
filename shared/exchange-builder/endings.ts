import type { Round } from './request-log.ts';

/** Why a request never came to its end, in the words of `Exchange.incomplete`. */
export const ENDINGS = {
  navigation: 'the page navigated away',
  'frame-detached': 'its frame was removed',
  'target-detached': 'its frame or worker was closed',
  crash: 'the page crashed',
  'tab-detached': 'the recorder was detached from the tab',
  end: 'the recording ended',
} as const;
export type Ending = keyof typeof ENDINGS;

interface Closing {
  t: number;
  kind: Ending;
  /** A navigation closes the requests of every other loader. */
  loaderId?: string | undefined;
}

/** What closed frames, sessions and tabs, and when; times are the recorder's clock, so that the order of lines does not matter. */
export class Endings {
  readonly #closings = new Map<string, Closing[]>();
  #sorted = true;

  #add(scope: string, closing: Closing): void {
    const list = this.#closings.get(scope);
    if (list === undefined) this.#closings.set(scope, [closing]);
    else list.push(closing);
    this.#sorted = false;
  }

  navigated(tab: string, frameId: string, loaderId: string | undefined, t: number): void {
    this.#add(`frame ${tab} ${frameId}`, { t, kind: 'navigation', loaderId });
  }

  frameDetached(tab: string, frameId: string, t: number): void {
    this.#add(`frame ${tab} ${frameId}`, { t, kind: 'frame-detached' });
  }

  sessionClosed(session: string, t: number, kind: 'target-detached' | 'crash'): void {
    this.#add(`session ${session}`, { t, kind });
  }

  tabClosed(tab: string, t: number, kind: 'tab-detached' | 'crash'): void {
    this.#add(`tab ${tab}`, { t, kind });
  }

  /** The first thing after its start that closed the request; `end` when nothing did. */
  of(tab: string, round: Round, frameId: string | null, loaderId: string | null): Ending {
    this.#sort();
    const scopes = [`tab ${tab}`, ...[...round.sessions].filter((s) => s !== '').map((s) => `session ${s}`)];
    if (frameId !== null) scopes.push(`frame ${tab} ${frameId}`);
    let first: Closing | null = null;
    for (const scope of scopes) {
      const found = this.#after(scope, round.firstT, loaderId);
      if (found !== null && (first === null || found.t < first.t)) first = found;
    }
    return first?.kind ?? 'end';
  }

  #after(scope: string, t: number, loaderId: string | null): Closing | null {
    const list = this.#closings.get(scope) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.t ?? 0) < t) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < list.length; i++) {
      const closing = list[i];
      if (closing !== undefined && (closing.loaderId === undefined || closing.loaderId !== loaderId)) return closing;
    }
    return null;
  }

  #sort(): void {
    if (this.#sorted) return;
    for (const list of this.#closings.values()) list.sort((a, b) => a.t - b.t);
    this.#sorted = true;
  }
}
