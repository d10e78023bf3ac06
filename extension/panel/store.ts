import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { PanelState, RequestMessage } from '../messages.ts';
import { EMPTY_DRAFT, type Draft } from './model/draft.ts';
import type { CurrentTab } from './model/site.ts';
import { EMPTY_TRAFFIC, filterTraffic, mergeTraffic, type Traffic, type TrafficFilter } from './model/traffic.ts';
import { announce, chooseView, type ViewName } from './model/view.ts';
import type { PanelPort } from './port.ts';

export interface Store {
  /** Null until the background has answered for the first time. */
  state: ReadonlySignal<PanelState | null>;
  view: ReadonlySignal<ViewName>;
  announcement: ReadonlySignal<string>;
  tab: ReadonlySignal<CurrentTab | null>;
  /** Milliseconds since the epoch, moving each second while something is under way. */
  now: ReadonlySignal<number>;
  /** The kind of the message under way; null when idle. */
  busy: ReadonlySignal<RequestMessage['type'] | null>;
  /** Why the last thing the user asked for was refused, in words. */
  problem: ReadonlySignal<string | null>;
  draft: Signal<Draft>;
  trafficFilter: Signal<TrafficFilter>;
  traffic: ReadonlySignal<Traffic>;
  visibleTraffic: ReadonlySignal<Traffic['rows']>;
  /** Set while the user enters a new key in the middle of a recording. */
  reconnecting: Signal<boolean>;
  /** Sends what the user asked for; true when the background agreed. */
  send(message: RequestMessage): Promise<boolean>;
  copy(text: string): Promise<boolean>;
  refresh(): Promise<void>;
  /** Begins to listen; the result ends it. */
  start(): () => void;
}

const NO_ANSWER = 'The recorder in the background did not answer. What is recorded is kept. Try again.';
const NO_CLIPBOARD = 'The browser refused the clipboard. Open the report and copy its address instead.';

/** The panel's whole state: what the background says, what the user has typed, and what follows from both. */
export function createStore(port: PanelPort): Store {
  const state = signal<PanelState | null>(null);
  const tab = signal<CurrentTab | null>(null);
  const now = signal(port.now());
  const busy = signal<RequestMessage['type'] | null>(null);
  const problem = signal<string | null>(null);
  const draft = signal<Draft>(EMPTY_DRAFT);
  const trafficFilter = signal<TrafficFilter>({ text: '', party: 'all' });
  const traffic = signal<Traffic>(EMPTY_TRAFFIC);
  const reconnecting = signal(false);
  const view = computed(() => chooseView(state.value, reconnecting.value));
  const moving = computed(() => view.value === 'recording' || view.value === 'processing');

  let recordingId: string | null = null;
  let pulling = false;
  let wantedSeq = 0;

  function adopt(next: PanelState): void {
    const id = next.recording ? `${next.recording.tabId} ${next.recording.startedAt}` : null;
    if (id !== recordingId) {
      recordingId = id;
      traffic.value = EMPTY_TRAFFIC;
      wantedSeq = 0;
      if (id) void pullTraffic();
    }
    now.value = port.now();
    state.value = next;
  }

  async function pullTraffic(): Promise<void> {
    if (pulling) return;
    pulling = true;
    try {
      let id: string | null;
      let before: number;
      do {
        id = recordingId;
        before = traffic.peek().lastSeq;
        const answer = await port.ask({ type: 'traffic', after: before });
        if (id === recordingId && answer.ok && 'rows' in answer) {
          traffic.value = mergeTraffic(traffic.peek(), answer.rows);
        }
      } while (
        recordingId !== null &&
        (id !== recordingId || (traffic.peek().lastSeq > before && traffic.peek().lastSeq < wantedSeq))
      );
    } catch {
      // The next broadcast asks again from the same place.
    } finally {
      pulling = false;
    }
  }

  async function ask(message: RequestMessage): Promise<boolean> {
    try {
      const answer = await port.ask(message);
      if (!answer.ok) problem.value = answer.error;
      else if ('state' in answer) adopt(answer.state);
      return answer.ok;
    } catch {
      problem.value = NO_ANSWER;
      return false;
    }
  }

  async function send(message: RequestMessage): Promise<boolean> {
    busy.value = message.type;
    problem.value = null;
    const agreed = await ask(message);
    busy.value = null;
    if (agreed && message.type === 'connect') reconnecting.value = false;
    if (agreed && message.type === 'start') draft.value = { ...EMPTY_DRAFT, template: draft.peek().template };
    return agreed;
  }

  async function refresh(): Promise<void> {
    if (await ask({ type: 'state' })) problem.value = null;
  }

  async function lookAtTab(): Promise<void> {
    tab.value = await port.currentTab().catch(() => null);
  }

  return {
    state,
    view,
    tab,
    now,
    busy,
    problem,
    draft,
    trafficFilter,
    traffic,
    reconnecting,
    announcement: computed(() => announce(state.value)),
    visibleTraffic: computed(() => filterTraffic(traffic.value.rows, trafficFilter.value)),
    send,
    refresh,
    async copy(text) {
      problem.value = null;
      const copied = await port.copyText(text).then(
        () => true,
        () => false,
      );
      if (!copied) problem.value = NO_CLIPBOARD;
      return copied;
    },
    start() {
      const stops = [
        port.onBroadcast((message) => {
          if (message.type === 'state-changed') return void adopt(message.state);
          wantedSeq = Math.max(wantedSeq, message.lastSeq);
          if (recordingId && wantedSeq > traffic.peek().lastSeq) void pullTraffic();
        }),
        port.onTabChange(() => void lookAtTab()),
        effect(() => {
          if (view.value !== 'loading') problem.value = null;
        }),
        effect(() =>
          moving.value
            ? port.every(1000, () => {
                now.value = port.now();
              })
            : undefined,
        ),
      ];
      void refresh();
      void lookAtTab();
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
