import { and, eq, isNull } from 'drizzle-orm';
import type { Deps } from '../deps.ts';
import { asAccount } from '../db/client.ts';
import { apiKeys } from '../db/schema/index.ts';
import { AppError } from '../errors.ts';
import type { Actor } from './actor.ts';
import { recordAudit } from './record-audit.ts';

/** Revokes a key of the account at once; revoking it again changes nothing. Throws `NOT_FOUND` for any other id. */
export async function revokeKey(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, keyId: string): Promise<void> {
  await asAccount(deps.db, actor.accountId, async (tx) => {
    const [known] = await tx.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, keyId));
    if (known === undefined) throw new AppError('NOT_FOUND', 'There is no such key.');
    const revoked = await tx
      .update(apiKeys)
      .set({ revokedAt: deps.now() })
      .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (revoked.length > 0) await recordAudit(tx, actor, 'key.revoke', { facts: { key: keyId } });
  });
}
