import { defineBackground } from 'wxt/utils/define-background';
import { VERSION } from '#shared/version.ts';
import { openDebuggerSession } from '../../capture/debugger-session.ts';
import type { BroadcastMessage, PanelState } from '../../messages.ts';
import { openDatabase } from '../../upload/database.ts';
import { Connection } from './connection.ts';
import { Controller } from './controller.ts';
import { answerMessage, type HandlerDeps } from './handlers.ts';
import { isOwnPanel } from './sender.ts';
import { createThrottle } from './throttle.ts';

const ALARM = 'go-on';
const TREE = 'tree';
const BROADCAST_MS = 250;

const now = () => Date.now();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Wires the worker. All listeners are added at once, so that whatever wakes it is heard; each waits until the state is restored. */
function main(): void {
  const session = openDebuggerSession();
  const panelUrl = chrome.runtime.getURL('/sidepanel.html');
  let deps: HandlerDeps | null = null;
  let sentSeq = 0;

  const state = ({ controller, connection }: Omit<HandlerDeps, 'state'>): PanelState => ({
    version: VERSION,
    ...connection.view(),
    recording: controller.state(),
  });

  const tellPanels = createThrottle(BROADCAST_MS, () => {
    if (deps === null) return;
    const messages: BroadcastMessage[] = [{ type: 'state-changed', state: deps.state() }];
    const { lastSeq } = deps.controller;
    if (lastSeq !== sentSeq) messages.push({ type: 'traffic-changed', lastSeq });
    sentSeq = lastSeq;
    // Rejected when no panel is open, which is as it should be.
    for (const message of messages) chrome.runtime.sendMessage(message).catch(() => undefined);
  });

  async function start(): Promise<HandlerDeps> {
    await chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
    const connection = new Connection({
      area: chrome.storage.local,
      fetch: (input, init) => fetch(input, init),
      now,
      onChange: tellPanels,
      openTab: async (url) => {
        await chrome.tabs.create({ url });
      },
    });
    const [database] = await Promise.all([openDatabase(indexedDB), connection.load()]);
    const controller = new Controller({
      session,
      database,
      api: () => connection.api(),
      now,
      random: () => Math.random(),
      newId: () => crypto.randomUUID(),
      sleep,
      browserName: navigator.userAgent,
      findTab: async (tabId) => {
        const tab = await chrome.tabs.get(tabId).catch(() => null);
        return tab === null ? null : { url: tab.url ?? '' };
      },
      loadTree: async () => (await chrome.storage.session.get(TREE))[TREE],
      saveTree: (tree) =>
        tree === null ? chrome.storage.session.remove(TREE) : chrome.storage.session.set({ [TREE]: tree }),
      keepAwake: (wanted) => {
        if (wanted) void chrome.alarms.create(ALARM, { periodInMinutes: 0.5 });
        else void chrome.alarms.clear(ALARM);
      },
      onChange: tellPanels,
    });
    const ready = { controller, connection };
    deps = { ...ready, state: () => state(ready) };
    await controller.restore();
    return deps;
  }

  const started = start();
  /** In the order in which things happened, also those that woke the worker. */
  const whenStarted = (act: (ready: HandlerDeps) => void): void => {
    void started.then(act);
  };

  session.onEvent((target, method, params) => {
    whenStarted(({ controller }) => {
      controller.onEvent(target, method, params);
    });
  });
  session.onDetach((tabId, reason) => {
    whenStarted(({ controller }) => {
      controller.onDetach(tabId, reason);
    });
  });
  chrome.tabs.onCreated.addListener(({ id, openerTabId, pendingUrl, url }) => {
    if (id === undefined) return;
    whenStarted(({ controller }) => {
      controller.onTabCreated({ id, openerTabId, url: pendingUrl ?? url });
    });
  });
  chrome.tabs.onUpdated.addListener((tabId, change) => {
    if (change.status === undefined && change.url === undefined) return;
    whenStarted(({ controller }) => {
      controller.onTabUpdated(tabId);
    });
  });
  chrome.tabs.onReplaced.addListener((added, removed) => {
    whenStarted(({ controller }) => {
      controller.onTabReplaced(added, removed);
    });
  });
  chrome.tabs.onRemoved.addListener((tabId) => {
    whenStarted(({ controller }) => {
      controller.onTabRemoved(tabId);
    });
  });
  chrome.alarms.onAlarm.addListener(({ name }) => {
    if (name !== ALARM) return;
    whenStarted(({ controller }) => {
      controller.wake();
    });
  });
  chrome.runtime.onMessage.addListener((message: unknown, sender, respond: (answer: unknown) => void) => {
    if (!isOwnPanel(sender, chrome.runtime.id, panelUrl)) return false;
    void started
      .then((ready) => answerMessage(ready, message))
      .catch(() => ({ ok: false, error: 'The browser could not open the recorder’s storage. Restart the browser.' }))
      .then(respond);
    return true;
  });
  // Being listened to, the start of the browser wakes the worker, which then sends what an earlier one left behind.
  chrome.runtime.onStartup.addListener(() => undefined);
  void chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
}

export default defineBackground({ type: 'module', main });
