import { audit } from '../db/schema/index.ts';
import type { AccountTx } from '../db/client.ts';
import type { Actor } from './actor.ts';

export type AuditAction =
  | 'key.create'
  | 'key.revoke'
  | 'code.issue'
  | 'code.redeem'
  | 'scan.create'
  | 'scan.seal'
  | 'scan.share'
  | 'scan.unshare'
  | 'scan.rerun'
  | 'scan.erase';

/** Writes who did what, in the transaction that does it. */
export async function recordAudit(
  tx: AccountTx,
  actor: Actor,
  action: AuditAction,
  options: { scanId?: string; facts?: Record<string, string | number | boolean> } = {},
): Promise<void> {
  await tx.insert(audit).values({
    accountId: actor.accountId,
    actor: actor.by,
    action,
    scanId: options.scanId ?? null,
    requestId: actor.requestId,
    facts: options.facts ?? {},
  });
}
