import { eq } from 'drizzle-orm';
import type { Actor } from '../accounts/actor.ts';
import { recordAudit } from '../accounts/record-audit.ts';
import { asAccount } from '../db/client.ts';
import { scans } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { makeSlug } from './create-scan.ts';
import { findScan } from './find-scan.ts';
import { reportUrl, type Links } from './scan-links.ts';

export interface Share {
  reportUrl: string;
  shared: boolean;
  expiresAt: string | null;
}

/** Lets anyone who has the address read the report, until `expiresAt` or for good. */
export async function shareScan(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  scanId: string,
  expiresAt: Date | null,
  links: Links,
): Promise<Share> {
  if (expiresAt !== null && expiresAt <= deps.now()) {
    throw new AppError('INVALID_BODY', 'expiresAt lies in the past. Give a later time, or leave it out.');
  }
  return asAccount(deps.db, actor.accountId, async (tx) => {
    const row = await findScan(tx, scanId, { lock: true });
    await tx
      .update(scans)
      .set({ sharedAt: row.sharedAt ?? deps.now(), shareExpiresAt: expiresAt })
      .where(eq(scans.id, scanId));
    await recordAudit(tx, actor, 'scan.share', { scanId, facts: { expires: expiresAt !== null } });
    return { reportUrl: reportUrl(links, row.slug), shared: true, expiresAt: expiresAt?.toISOString() ?? null };
  });
}

/** Takes the leave back. The report gets a new address, so that a later share does not wake the old one. */
export async function unshareScan(
  deps: Pick<Deps, 'db' | 'randomBytes'>,
  actor: Actor,
  scanId: string,
  links: Links,
): Promise<Share> {
  return asAccount(deps.db, actor.accountId, async (tx) => {
    const row = await findScan(tx, scanId, { lock: true });
    const slug = row.sharedAt === null ? row.slug : makeSlug(deps);
    await tx.update(scans).set({ sharedAt: null, shareExpiresAt: null, slug }).where(eq(scans.id, scanId));
    await recordAudit(tx, actor, 'scan.unshare', { scanId });
    return { reportUrl: reportUrl(links, slug), shared: false, expiresAt: null };
  });
}
