import { type ActionLine, type CaptureLine, type EventLine, FINISHED_REASON } from './capture.ts';
import { assembleRequest } from './exchange-builder/assemble.ts';
import { assembleSocket } from './exchange-builder/assemble-socket.ts';
import { correlateActions, type InPageNavigation } from './exchange-builder/actions.ts';
import { createClock } from './exchange-builder/clock.ts';
import type { Draft } from './exchange-builder/draft.ts';
import { Endings } from './exchange-builder/endings.ts';
import { linkDrafts, sortByStart } from './exchange-builder/links.ts';
import { isKnownMethod, type KnownEvent, parseEvent } from './exchange-builder/protocol.ts';
import { addBodyLine, addEvent, isSocket, openLog, type RequestLog } from './exchange-builder/request-log.ts';
import { TabTree } from './exchange-builder/tab-tree.ts';
import type { Reduction } from './exchange.ts';

const UNREADABLE = 'lines or events that could not be read';
const NOT_SENT = 'not sent over the network';
const BEGAN_BEFORE = 'it began before the recording, so that its address is unknown';
/** Its headers went out while its page was being left: the browser then drops the page's own report of it. */
const BEGINNING_LOST = 'the browser reported its headers but not its address, as its page was being left';
const SENT_SCHEMES = new Set(['http:', 'https:', 'ws:', 'wss:']);
const SOURCE_KEPT = 200;
const ITEMS_KEPT = 1000;

/**
 * Turns the lines of a recording into exchanges: pure, in linear time, never throws. The same lines give the same result in any
 * order a browser may deliver them in; a cut recording gives what was complete before the cut, the rest marked.
 */
export function buildExchanges(lines: Iterable<CaptureLine>): Reduction {
  const reader = new Reader();
  for (const line of lines) reader.read(line);
  return reader.finish();
}

class Reader {
  readonly #logs = new Map<string, RequestLog>();
  readonly #tabs = new TabTree();
  readonly #endings = new Endings();
  readonly #actions: ActionLine[] = [];
  readonly #downloads = new Set<string>();
  readonly #inPage: (InPageNavigation & { tab: string; frameId: string })[] = [];
  readonly #gaps = new Map<string, number>();
  #targetUrl: string | null = null;
  #startedAt: string | null = null;
  #browserRequests: number | null = null;

  read(line: CaptureLine): void {
    try {
      if (Number.isFinite(line.t)) this.#readLine(line);
      else this.#addGap(UNREADABLE, 1);
    } catch {
      this.#addGap(UNREADABLE, 1);
    }
  }

  #readLine(line: CaptureLine): void {
    switch (line.k) {
      case 'meta':
        this.#targetUrl ??= line.targetUrl;
        this.#startedAt ??= line.startedAt;
        return;
      case 'target':
        this.#tabs.add(line);
        if (line.state === 'detached' && line.reason !== FINISHED_REASON) this.#close(line.s, line.t, 'detached');
        return;
      case 'event':
        this.#readEvent(line);
        return;
      case 'body':
        addBodyLine(this.#logOf(line.s, line.requestId, line.t), line);
        return;
      case 'action':
        this.#actions.push(line);
        return;
      case 'gap':
        this.#addGap(line.reason, line.count);
        return;
      case 'completeness':
        this.#browserRequests = line.checked ? line.browserRequests : null;
        return;
      default:
        this.#addGap(UNREADABLE, 1);
    }
  }

  #readEvent(line: EventLine): void {
    if (!isKnownMethod(line.m)) return;
    const event = parseEvent(line.m, line.p);
    if (event === null) this.#addGap(UNREADABLE, 1);
    else if ('requestId' in event.p)
      addEvent(this.#logOf(line.s, event.p.requestId, line.t), event, line.s ?? '', line.t);
    else this.#readPageEvent(event, line.s, line.t);
  }

  #readPageEvent(event: KnownEvent, session: string | undefined, t: number): void {
    const tab = this.#tabs.tabOf(session);
    switch (event.m) {
      case 'Page.frameNavigated':
        if (event.p.frame.parentId === undefined && this.#tabs.isTabItself(session))
          this.#tabs.addMainFrame(tab, event.p.frame.id);
        this.#endings.navigated(tab, event.p.frame.id, event.p.frame.loaderId, t);
        return;
      case 'Page.frameDetached':
        // A swap moves the frame to another process; it lives on.
        if (event.p.reason !== 'swap') this.#endings.frameDetached(tab, event.p.frameId, t);
        return;
      case 'Page.navigatedWithinDocument':
        this.#inPage.push({ t, url: event.p.url, tab, frameId: event.p.frameId });
        return;
      case 'Page.downloadWillBegin':
        this.#downloads.add(event.p.url);
        return;
      case 'Inspector.targetCrashed':
        this.#close(session, t, 'crash');
        return;
      default:
        return;
    }
  }

  #close(session: string | undefined, t: number, how: 'detached' | 'crash'): void {
    if (session === undefined || this.#tabs.isTabItself(session)) {
      this.#endings.tabClosed(this.#tabs.tabOf(session), t, how === 'crash' ? 'crash' : 'tab-detached');
    } else {
      this.#endings.sessionClosed(session, t, how === 'crash' ? 'crash' : 'target-detached');
    }
  }

  #logOf(session: string | undefined, requestId: string, t: number): RequestLog {
    const tab = this.#tabs.tabOf(session);
    const key = `${tab} ${requestId}`;
    const known = this.#logs.get(key);
    if (known !== undefined) return known;
    const log = openLog(key, tab, requestId, t);
    this.#logs.set(key, log);
    return log;
  }

  #addGap(reason: string, count: number): void {
    this.#gaps.set(reason, (this.#gaps.get(reason) ?? 0) + count);
  }

  finish(): Reduction {
    const clock = createClock(this.#logs.values());
    const leftOut = new Map<string, string[]>();
    const kept: Draft[] = [];
    let entries = 0;
    for (const log of this.#logs.values()) {
      const drafts = this.#assemble(log, clock);
      entries += Math.max(1, drafts.length);
      if (drafts.length === 0)
        addItem(leftOut, log.requestExtras.length > 0 ? BEGINNING_LOST : BEGAN_BEFORE, log.requestId);
      for (const draft of drafts) {
        if (isSent(draft.exchange.request.url)) kept.push(draft);
        else addItem(leftOut, NOT_SENT, sourceOf(draft.exchange.request.url));
      }
    }
    const sorted = sortByStart(kept);
    linkDrafts(sorted, this.#tabs.serviceWorkers);
    const documents = sorted.filter(
      ({ tab, exchange, loaderId }) =>
        exchange.resourceType === 'document' &&
        exchange.hop === 0 &&
        exchange.requestId === loaderId &&
        exchange.frameId !== null &&
        this.#tabs.isMainFrame(tab, exchange.frameId),
    );
    const inPage = this.#inPage.filter(({ tab, frameId }) => this.#tabs.isMainFrame(tab, frameId));
    return {
      targetUrl: this.#targetUrl,
      startedAt: this.#startedAt,
      actions: correlateActions(this.#actions, sorted, documents, inPage),
      exchanges: sorted.map(({ exchange }) => exchange),
      gaps: [...this.#gaps].map(([reason, count]) => ({ reason, count })),
      browserRequests: this.#browserRequests,
      conversion: {
        entries,
        kept: sorted.length,
        leftOut: [...leftOut].map(([reason, items]) => ({
          reason,
          count: items.length,
          items: items.slice(0, ITEMS_KEPT),
        })),
      },
    };
  }

  #assemble(log: RequestLog, clock: ReturnType<typeof createClock>): Draft[] {
    try {
      if (!isSocket(log)) return assembleRequest(log, clock, this.#endings, this.#downloads);
      const socket = assembleSocket(log, clock, this.#endings);
      return socket === null ? [] : [socket];
    } catch {
      this.#addGap(UNREADABLE, 1);
      return [];
    }
  }
}

function isSent(url: string): boolean {
  return SENT_SCHEMES.has(url.slice(0, url.indexOf(':') + 1).toLowerCase());
}

/** What names a request that never left the browser, without its content. */
function sourceOf(url: string): string {
  return url.slice(0, Math.min(SOURCE_KEPT, url.startsWith('data:') ? Math.max(5, url.indexOf(',')) : url.length));
}

function addItem(leftOut: Map<string, string[]>, reason: string, item: string): void {
  const items = leftOut.get(reason);
  if (items === undefined) leftOut.set(reason, [item]);
  else items.push(item);
}
