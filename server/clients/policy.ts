/** How replays behave; the limits protect the site, so nothing a user sends widens them. */
export interface ReplayPolicy {
  /** Ids of the clients that are tried, the cheapest first. */
  ladder: readonly string[];
  /** Successes after the first that make a client sufficient. */
  confirmations: number;
  maxEndpoints: number;
  maxAttemptsPerEndpoint: number;
  maxAttempts: number;
  /** Refusals in a row after which a host is left alone. */
  maxRefusals: number;
  /** Time between two requests to one site; the jitter comes on top. */
  gapMs: number;
  jitterMs: number;
  /** The same for targets on this machine. */
  localGapMs: number;
  localJitterMs: number;
  /** Longest `Crawl-delay` that is honoured; a site that asks for more is not tried. */
  maxCrawlDelayMs: number;
  timeoutMs: number;
  maxBodyBytes: number;
  robotsBytes: number;
  /** A path word that says a request changes something although its method says that it does not. */
  effectWords: RegExp;
}

export const REPLAY_POLICY: ReplayPolicy = {
  ladder: ['undici', 'impit-chrome'],
  confirmations: 1,
  maxEndpoints: 12,
  maxAttemptsPerEndpoint: 10,
  maxAttempts: 60,
  maxRefusals: 3,
  gapMs: 1_000,
  jitterMs: 500,
  localGapMs: 150,
  localJitterMs: 50,
  maxCrawlDelayMs: 30_000,
  timeoutMs: 15_000,
  maxBodyBytes: 4_000_000,
  robotsBytes: 512_000,
  effectWords:
    /^(?:log-?out|sign-?out|logoff|delete|remove|destroy|unsubscribe|subscribe|checkout|purchase|pay|confirm|cancel|revoke|reset|vote|like|unlike|follow|unfollow|add|create|update|approve|reject|track|collect|beacon|pixel|ping|heartbeat)$/i,
};
