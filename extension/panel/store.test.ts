import { beforeEach, describe, expect, test } from 'vitest';
import type { AnswerMessage, BroadcastMessage, PanelState, RequestMessage, TrafficRow } from '../messages.ts';
import { answerMessageSchema, requestMessageSchema } from '../messages.ts';
import type { PanelPort } from './port.ts';
import { createStore, type Store } from './store.ts';

const IDLE: PanelState = {
  version: '0.3.0',
  connection: { server: 'http://127.0.0.1:7717', connected: true, error: null, update: null },
  templates: [],
  recording: null,
  recent: [],
};

function recordingSince(startedAt: string): PanelState {
  return {
    ...IDLE,
    recording: {
      phase: 'recording',
      tabId: 3,
      targetUrl: 'https://shop.example/',
      intentText: '',
      startedAt,
      counters: { requests: 0, bodies: 0, lost: 0, bytes: 0, compressedBytes: 0, hosts: 0, actions: 0 },
      segments: { made: 0, uploaded: 0 },
      attachedLate: false,
      warnBytes: 1,
      limitBytes: 2,
      scanId: null,
      reportUrl: null,
      verdict: null,
      steps: [],
      trouble: null,
    },
  };
}

const FIRST = '2026-01-10T12:00:00.000Z';
const SECOND = '2026-01-10T13:00:00.000Z';

/** The other end of the message channel: holds state and rows, answers by the contract, in pages of two rows. */
class Background {
  state: PanelState = IDLE;
  rows: TrafficRow[] = [];
  refusal: string | null = null;
  silent = false;
  asked: RequestMessage[] = [];
  ticks = new Set<() => void>();
  nowMs = 0;
  #panel: (message: BroadcastMessage) => void = () => undefined;

  answer(message: RequestMessage): AnswerMessage {
    if (message.type === 'traffic') {
      return { ok: true, rows: this.rows.filter((row) => row.seq > message.after).slice(0, 2) };
    }
    return this.refusal === null ? { ok: true, state: this.state } : { ok: false, error: this.refusal };
  }

  broadcast(message: BroadcastMessage): void {
    this.#panel(message);
  }

  show(state: PanelState): void {
    this.state = state;
    this.broadcast({ type: 'state-changed', state });
  }

  record(...keys: string[]): void {
    for (const key of keys) {
      this.rows.push({
        seq: this.rows.length + 1,
        key,
        method: 'GET',
        url: `https://shop.example/${key}`,
        resourceType: 'Fetch',
        status: 200,
        bytes: 1,
        lost: null,
        state: 'done',
        thirdParty: false,
      });
    }
    this.broadcast({ type: 'traffic-changed', lastSeq: this.rows.length });
  }

  port(): PanelPort {
    return {
      ask: async (message) => {
        this.asked.push(requestMessageSchema.parse(message));
        await Promise.resolve();
        if (this.silent) throw new Error('Receiving end does not exist.');
        return answerMessageSchema.parse(this.answer(message));
      },
      onBroadcast: (listener) => {
        this.#panel = listener;
        return () => {
          this.#panel = () => undefined;
        };
      },
      currentTab: () => Promise.resolve({ tabId: 3, url: 'https://shop.example/', title: 'Shop', iconUrl: null }),
      onTabChange: () => () => undefined,
      copyText: () => (this.silent ? Promise.reject(new Error('denied')) : Promise.resolve()),
      now: () => this.nowMs,
      every: (_ms, tick) => {
        this.ticks.add(tick);
        return () => {
          this.ticks.delete(tick);
        };
      },
    };
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

let background: Background;
let store: Store;
let stop: () => void;

beforeEach(async () => {
  background = new Background();
  store = createStore(background.port());
  stop = store.start();
  await settle();
});

test('it starts by asking for the state and looking at the tab', () => {
  expect(store.view.value).toBe('start');
  expect(store.tab.value?.tabId).toBe(3);
});

test('a refusal is shown in words and goes away with the next success', async () => {
  background.refusal = 'The code is used up.';
  expect(await store.send({ type: 'finish' })).toBe(false);
  expect(store.problem.value).toBe('The code is used up.');
  expect(store.busy.value).toBeNull();
  background.refusal = null;
  expect(await store.send({ type: 'finish' })).toBe(true);
  expect(store.problem.value).toBeNull();
});

test('a background that does not answer leaves a sentence, not a broken panel', async () => {
  background.silent = true;
  expect(await store.send({ type: 'pause' })).toBe(false);
  expect(store.problem.value).toContain('did not answer');
  expect(await store.copy('x')).toBe(false);
  expect(store.problem.value).toContain('clipboard');
});

test('the message under way is known until it is answered', async () => {
  const sent = store.send({ type: 'finish' });
  expect(store.busy.value).toBe('finish');
  await sent;
  expect(store.busy.value).toBeNull();
});

test('connecting again leads back to where the user was', async () => {
  background.show(recordingSince(FIRST));
  store.reconnecting.value = true;
  expect(store.view.value).toBe('connect');
  await store.send({ type: 'connect', server: 'http://127.0.0.1:7717', secret: 'abcd' });
  expect(store.view.value).toBe('recording');
});

describe('traffic', () => {
  test('is fetched page by page up to what was announced', async () => {
    background.show(recordingSince(FIRST));
    background.record('a', 'b', 'c', 'd', 'e');
    await settle();
    expect(store.traffic.value.rows.map((row) => row.key)).toEqual(['a', 'b', 'c', 'd', 'e']);
    background.record('f');
    await settle();
    expect(store.traffic.value.rows).toHaveLength(6);
  });

  test('is filtered without being fetched again', async () => {
    background.show(recordingSince(FIRST));
    background.record('a', 'b');
    await settle();
    const before = background.asked.length;
    store.trafficFilter.value = { text: '/b', party: 'all' };
    expect(store.visibleTraffic.value.map((row) => row.key)).toEqual(['b']);
    expect(background.asked.length).toBe(before);
  });

  test('of another recording starts empty', async () => {
    background.show(recordingSince(FIRST));
    background.record('a', 'b');
    await settle();
    background.rows = [];
    background.show(recordingSince(SECOND));
    background.record('z');
    await settle();
    expect(store.traffic.value.rows.map((row) => row.key)).toEqual(['z']);
  });

  test('is not asked for while nothing is recorded', async () => {
    background.record('a');
    await settle();
    expect(background.asked.some((message) => message.type === 'traffic')).toBe(false);
  });
});

test('the clock runs only while something is under way', () => {
  expect(background.ticks.size).toBe(0);
  background.show(recordingSince(FIRST));
  expect(background.ticks.size).toBe(1);
  background.nowMs = 5000;
  for (const tick of background.ticks) tick();
  expect(store.now.value).toBe(5000);
  background.show(IDLE);
  expect(background.ticks.size).toBe(0);
});

test('what the user allowed for one recording is not carried to the next', async () => {
  store.draft.value = { ...store.draft.value, entitled: true, intentText: 'prices', template: 'products' };
  await store.send({
    type: 'start',
    tabId: 3,
    intentText: 'prices',
    starterTemplate: 'products',
    consent: { entitled: true, replay: 'off', model: false },
    reload: false,
  });
  expect(store.draft.value).toMatchObject({ entitled: false, intentText: '', template: 'products' });
});

test('after the end nothing is heard any more', () => {
  stop();
  background.show(recordingSince(FIRST));
  expect(store.view.value).toBe('start');
  expect(background.ticks.size).toBe(0);
});
