import type { Exchange } from '../exchange.ts';
import type { InitiatorInfo } from './protocol.ts';

/** An exchange before it has its id and its links, with what the linking needs. */
export interface Draft {
  readonly key: string;
  readonly tab: string;
  readonly loaderId: string | null;
  readonly sessions: ReadonlySet<string>;
  readonly startMs: number;
  readonly endMs: number | null;
  /** Request id of the request that this preflight was sent for. */
  readonly preflightFor: string | null;
  readonly exchange: Exchange;
}

/** Milliseconds between two monotonic times in seconds, rounded to microseconds. */
export function durationMs(from: number | undefined, to: number | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  return Math.max(0, Math.round((to - from) * 1e6) / 1000);
}

export function initiatorOf(initiator: InitiatorInfo | undefined): Exchange['initiator'] {
  const frames = [...(initiator?.stack?.callFrames ?? []), ...(initiator?.stack?.parent?.callFrames ?? [])];
  const url = [initiator?.url, ...frames.map((frame) => frame.url)].find(
    (value) => value !== undefined && value !== '',
  );
  return { type: initiator?.type ?? 'other', ...(url === undefined ? {} : { url }) };
}
