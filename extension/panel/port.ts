import type { AnswerMessage, BroadcastMessage, RequestMessage } from '../messages.ts';
import type { CurrentTab } from './model/site.ts';

/** All the panel needs from the browser; `chrome-port.ts` is the real one. */
export interface PanelPort {
  /** Asks the background. Rejects when it does not answer or answers with something else. */
  ask(message: RequestMessage): Promise<AnswerMessage>;
  /** Calls back for each broadcast of the background; the result stops it. */
  onBroadcast(listener: (message: BroadcastMessage) => void): () => void;
  /** The tab that Record would record; null when there is none. */
  currentTab(): Promise<CurrentTab | null>;
  /** Calls back whenever the current tab or its page may have changed. */
  onTabChange(listener: () => void): () => void;
  copyText(text: string): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back every `ms` milliseconds; the result stops it. */
  every(ms: number, tick: () => void): () => void;
}
