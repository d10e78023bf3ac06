import { sql } from 'drizzle-orm';
import type { Deps } from '../deps.ts';
import { asAccount } from '../db/client.ts';
import { clientVersions } from '../db/schema/index.ts';

/** Counts one more scan of this client and version for today. `client` is `<name>/<semver>` or `unknown`. */
export async function recordClientVersion(
  deps: Pick<Deps, 'db' | 'now'>,
  accountId: string,
  client: string,
): Promise<void> {
  const day = deps.now().toISOString().slice(0, 10);
  await asAccount(deps.db, accountId, (tx) =>
    tx
      .insert(clientVersions)
      .values({ accountId, client: client.slice(0, 80), day, count: 1 })
      .onConflictDoUpdate({
        target: [clientVersions.accountId, clientVersions.client, clientVersions.day],
        set: { count: sql`${clientVersions.count} + 1` },
      }),
  );
}
