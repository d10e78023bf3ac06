/** A recorded tab, or with `sessionId` a frame or worker inside it. */
export interface CdpTarget {
  tabId: number;
  sessionId?: string | undefined;
}

export type DetachReason = 'target_closed' | 'canceled_by_user';

/** `gone`: the target is no more. `timeout`: it did not answer. `unsupported`: this browser does not know the command. */
export type CdpFailure = 'gone' | 'timeout' | 'unsupported' | 'failed';

export class CdpError extends Error {
  readonly failure: CdpFailure;

  constructor(failure: CdpFailure, message: string) {
    super(message);
    this.name = 'CdpError';
    this.failure = failure;
  }
}

/** What recorder and actor need of the DevTools protocol. */
export interface CdpPort {
  /** Rejects with `CdpError`, at the latest after `timeoutMs` (10 seconds unless told), for a dead target never answers. */
  send(
    target: CdpTarget,
    method: string,
    params?: Record<string, unknown>,
    timeoutMs?: number,
  ): Promise<Record<string, unknown>>;
  onEvent(listener: (target: CdpTarget, method: string, params: Record<string, unknown>) => void): void;
  onDetach(listener: (tabId: number, reason: DetachReason) => void): void;
}
