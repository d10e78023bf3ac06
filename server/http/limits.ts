import type { UseKind } from '../accounts/count-use.ts';
import { AppError } from '../errors.ts';
import type { HttpContext } from './http-env.ts';

/** Counts one use and tells the client where it stands. Throws `RATE_LIMITED` when there were too many this minute. */
export async function applyLimit(c: HttpContext, kind: UseKind, who: string): Promise<void> {
  const use = await c.get('deps').countUse(kind, who);
  c.header('RateLimit-Limit', String(use.limit));
  c.header('RateLimit-Remaining', String(use.remaining));
  c.header('RateLimit-Reset', String(use.resetSeconds));
  if (use.allowed) return;
  c.header('Retry-After', String(use.resetSeconds));
  throw new AppError(
    'RATE_LIMITED',
    `Too many requests: ${use.limit} a minute are allowed. Try again in ${use.resetSeconds} s.`,
  );
}
