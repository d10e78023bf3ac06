import { CdpError, type CdpFailure, type CdpPort, type CdpTarget, type DetachReason } from './cdp-port.ts';

/** The one door to `chrome.debugger`. */
export interface DebuggerSession extends CdpPort {
  /** Rejects with `AttachRefused`. Attaching to a tab that this extension already holds succeeds. */
  attach(tabId: number): Promise<void>;
  /** Does nothing when the tab is not attached. */
  detach(tabId: number): Promise<void>;
  /** Tabs some debugger of the browser is attached to; after a restart of the worker that is how its own are found again. */
  attachedTabs(): Promise<ReadonlySet<number>>;
}

export class AttachRefused extends Error {
  readonly why: 'page-not-recordable' | 'policy' | 'tab-closed' | 'busy';

  constructor(why: AttachRefused['why'], message: string) {
    super(message);
    this.name = 'AttachRefused';
    this.why = why;
  }
}

const PROTOCOL = '1.3';
const TIMEOUT_MS = 10_000;

/** Reads why the browser refused to attach. */
export function readRefusal(message: string): AttachRefused {
  if (/polic|blocked by|administrator/i.test(message)) {
    return new AttachRefused('policy', `A policy of this browser forbids recording here: ${message}`);
  }
  if (/already attached/i.test(message)) {
    return new AttachRefused(
      'busy',
      'Another extension is debugging this tab. Close it or turn it off, then try again.',
    );
  }
  if (/no tab with/i.test(message)) return new AttachRefused('tab-closed', 'The tab is closed.');
  return new AttachRefused(
    'page-not-recordable',
    'The browser does not let an extension record this page: its own pages, its web store and pages of other extensions are closed to it.',
  );
}

/** Reads a refused command; the browser answers with JSON text, or with plain text. */
export function readFailure(message: string): CdpError {
  let code: unknown;
  let text = message;
  try {
    const parsed: unknown = JSON.parse(message);
    if (typeof parsed === 'object' && parsed !== null) {
      if ('code' in parsed) code = parsed.code;
      if ('message' in parsed && typeof parsed.message === 'string') text = parsed.message;
    }
  } catch {
    // Plain text stays as it is.
  }
  let failure: CdpFailure = 'failed';
  if (code === -32601 || /wasn't found|not allowed/i.test(text)) failure = 'unsupported';
  else if (code === -32001 || /not attached|detached|session with given id|no tab with|target closed/i.test(text))
    failure = 'gone';
  return new CdpError(failure, text);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Listens at once, as a worker that is woken by an event must. */
export function openDebuggerSession(api: typeof chrome.debugger = chrome.debugger): DebuggerSession {
  const eventListeners = new Set<Parameters<CdpPort['onEvent']>[0]>();
  const detachListeners = new Set<Parameters<CdpPort['onDetach']>[0]>();

  api.onEvent.addListener((source, method, params) => {
    if (source.tabId === undefined) return;
    const target: CdpTarget =
      source.sessionId === undefined ? { tabId: source.tabId } : { tabId: source.tabId, sessionId: source.sessionId };
    for (const listener of eventListeners) listener(target, method, { ...params });
  });
  api.onDetach.addListener((source, reason) => {
    if (source.tabId === undefined) return;
    const known: DetachReason = reason === 'canceled_by_user' ? 'canceled_by_user' : 'target_closed';
    for (const listener of detachListeners) listener(source.tabId, known);
  });

  async function send(
    target: CdpTarget,
    method: string,
    params: Record<string, unknown> = {},
    timeoutMs = TIMEOUT_MS,
  ): Promise<Record<string, unknown>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new CdpError('timeout', `${method} was not answered within ${timeoutMs / 1000} s.`));
      }, timeoutMs);
    });
    const debuggee =
      target.sessionId === undefined ? { tabId: target.tabId } : { tabId: target.tabId, sessionId: target.sessionId };
    try {
      const answer = await Promise.race([api.sendCommand(debuggee, method, params), late]);
      return { ...answer };
    } catch (cause) {
      throw cause instanceof CdpError ? cause : readFailure(messageOf(cause));
    } finally {
      clearTimeout(timer);
    }
  }

  async function detach(tabId: number): Promise<void> {
    await api.detach({ tabId }).catch(() => undefined);
  }

  return {
    send,
    onEvent: (listener) => void eventListeners.add(listener),
    onDetach: (listener) => void detachListeners.add(listener),
    async attach(tabId) {
      try {
        await api.attach({ tabId }, PROTOCOL);
      } catch (cause) {
        const refusal = readRefusal(messageOf(cause));
        if (refusal.why !== 'busy') throw refusal;
        // Left over from an earlier life of this worker: detaching works only when the attachment is ours.
        await detach(tabId);
        await api.attach({ tabId }, PROTOCOL).catch((again: unknown) => {
          throw readRefusal(messageOf(again));
        });
      }
    },
    detach,
    async attachedTabs() {
      const targets = await api.getTargets();
      return new Set(targets.flatMap(({ tabId, attached }) => (attached && tabId !== undefined ? [tabId] : [])));
    },
  };
}
