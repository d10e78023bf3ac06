import type { Tier } from '#shared/report.ts';

/** A loopback proxy address made for one attempt; only the hosts and ports it was opened for can be reached through it. */
export interface EgressLease {
  /** `http://<user>:<password>@127.0.0.1:<port>`; the credential is worthless once the lease is closed. */
  proxyUrl: string;
  /** What the guard decided, in order. The truth about refusals. */
  decisions: () => readonly EgressDecision[];
  close: () => Promise<void>;
}

export interface EgressDecision {
  host: string;
  port: number;
  address: string | null;
  allowed: boolean;
  reason: string;
}

export interface LeaseRequest {
  /** `host:port` pairs of the capture that this attempt may reach. */
  allow: readonly string[];
  tier: Tier;
  /** Bytes in both directions, and wall time, after which the guard cuts the attempt. */
  maxBytes: number;
  timeoutMs: number;
}

/** The only way out of the server toward a captured site. */
export interface EgressPort {
  /** Tiers the operator has configured; `none` always is. */
  tiers: () => Promise<readonly Tier[]>;
  lease: (request: LeaseRequest) => Promise<EgressLease>;
}
