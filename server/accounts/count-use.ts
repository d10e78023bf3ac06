import { RateLimiterDrizzle, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimits } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';

/** What is counted by the minute: by key, by address, by report, one-time codes and refused keys by address. */
export type UseKind = 'key' | 'ip' | 'slug' | 'connect' | 'refused';

export interface UseState {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Until the minute begins again. */
  resetSeconds: number;
}

/** Counts one use by `who`. */
export type CountUse = (kind: UseKind, who: string) => Promise<UseState>;

const MINUTE_S = 60;

/**
 * Limits that all processes share, counted in PostgreSQL. While it cannot be reached each process counts for itself; who is
 * over the limit is refused from memory until the minute is over.
 */
export function createUseCounter(deps: Pick<Deps, 'db' | 'settings'>): CountUse {
  const { perMinuteKey, perMinuteIp, perMinuteSlug, connectsPerMinuteIp } = deps.settings.limits;
  const limiter = (kind: UseKind, points: number) =>
    new RateLimiterDrizzle({
      storeClient: deps.db,
      schema: rateLimits,
      keyPrefix: kind,
      points,
      duration: MINUTE_S,
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: kind, points, duration: MINUTE_S }),
    });
  const limiters: Record<UseKind, RateLimiterDrizzle> = {
    key: limiter('key', perMinuteKey),
    ip: limiter('ip', perMinuteIp),
    slug: limiter('slug', perMinuteSlug),
    connect: limiter('connect', connectsPerMinuteIp),
    refused: limiter('refused', Math.max(10, Math.floor(perMinuteIp / 10))),
  };
  return async (kind, who) => {
    const { points } = limiters[kind];
    const describe = (state: RateLimiterRes, allowed: boolean): UseState => ({
      allowed,
      limit: points,
      remaining: Math.max(0, state.remainingPoints),
      resetSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
    });
    try {
      return describe(await limiters[kind].consume(who), true);
    } catch (state) {
      if (state instanceof RateLimiterRes) return describe(state, false);
      throw state;
    }
  };
}
