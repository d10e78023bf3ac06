import { and, eq, isNull } from 'drizzle-orm';
import { asAccount } from '../db/client.ts';
import { apiKeys } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';

/** Whether a key that was good a moment ago still is; for streams and tickets, which outlive the check at their start. */
export async function isKeyLive(deps: Pick<Deps, 'db'>, accountId: string, keyId: string): Promise<boolean> {
  const rows = await asAccount(deps.db, accountId, (tx) =>
    tx
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt))),
  );
  return rows.length > 0;
}
