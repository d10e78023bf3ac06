import { sql } from 'drizzle-orm';
import type { Deps } from '../deps.ts';

const PATIENCE_MS = 3000;

async function answers(check: () => PromiseLike<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const answer = Promise.resolve(check()).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Names of what cannot be reached: `database`, `blobs`, `queue`. Empty when all is well; never waits longer than 3 s. */
export async function checkReadiness(deps: Pick<Deps, 'db' | 'blobs' | 'queue'>): Promise<string[]> {
  const results = await Promise.all([
    answers(() => deps.db.execute(sql`select 1`)).then((ok) => (ok ? null : 'database')),
    answers(() => deps.blobs.check()).then((ok) => (ok ? null : 'blobs')),
    answers(() => deps.queue.counts()).then((ok) => (ok ? null : 'queue')),
  ]);
  return results.filter((name) => name !== null);
}
