import { answerMessageSchema, broadcastMessageSchema } from '../messages.ts';
import type { CurrentTab } from './model/site.ts';
import type { PanelPort } from './port.ts';

/**
 * The panel's port to the browser.
 * @param fixedTabId records this tab whatever is active: the panel opened as an ordinary tab, `sidepanel.html?tabId=7`.
 */
export function createChromePort(fixedTabId: number | null): PanelPort {
  return {
    async ask(message) {
      return answerMessageSchema.parse(await chrome.runtime.sendMessage<unknown, unknown>(message));
    },
    onBroadcast(listener) {
      const receive = (message: unknown): void => {
        const parsed = broadcastMessageSchema.safeParse(message);
        if (parsed.success) listener(parsed.data);
      };
      chrome.runtime.onMessage.addListener(receive);
      return () => {
        chrome.runtime.onMessage.removeListener(receive);
      };
    },
    async currentTab() {
      if (fixedTabId !== null) return toCurrentTab(await chrome.tabs.get(fixedTabId).catch(() => undefined));
      const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
      return toCurrentTab(tab);
    },
    onTabChange(listener) {
      const changed = (): void => {
        listener();
      };
      const events = [chrome.tabs.onActivated, chrome.tabs.onUpdated, chrome.tabs.onRemoved];
      for (const event of events) event.addListener(changed);
      return () => {
        for (const event of events) event.removeListener(changed);
      };
    },
    copyText: (text) => navigator.clipboard.writeText(text),
    now: () => Date.now(),
    every(ms, tick) {
      const timer = setInterval(tick, ms);
      return () => {
        clearInterval(timer);
      };
    },
  };
}

function toCurrentTab(tab: chrome.tabs.Tab | undefined): CurrentTab | null {
  if (tab?.id === undefined) return null;
  return { tabId: tab.id, url: tab.url || null, title: tab.title || null, iconUrl: tab.favIconUrl || null };
}
