import { and, eq, inArray } from 'drizzle-orm';
import type { CaptureAccepted } from '#shared/api.ts';
import { STEP_IDS, TERMINAL_STATUSES, type StepId } from '#shared/events.ts';
import type { Actor } from '../accounts/actor.ts';
import { recordAudit } from '../accounts/record-audit.ts';
import { asAccount } from '../db/client.ts';
import { appendEvents } from '../db/scan-rows.ts';
import { checkpoints, scans } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { findScan } from './find-scan.ts';
import type { Links } from './scan-links.ts';
import { acceptedAnswer } from './seal-capture.ts';

/** The last step that reads the vault; a re-run from it or from any step before it needs the vault open. */
const LAST_VAULT_STEP: StepId = 'validation';

/**
 * Runs the pipeline again from a step on; what the steps before it stored is kept. Throws `VAULT_CLOSED` when a step to run
 * needs raw values that are gone, `SCAN_STATE` while the scan is still at work, `NOT_FOUND`.
 */
export async function rerunScan(
  deps: Pick<Deps, 'db' | 'queue'>,
  actor: Actor,
  scanId: string,
  fromStep: StepId,
  links: Links,
): Promise<CaptureAccepted> {
  return asAccount(deps.db, actor.accountId, async (tx) => {
    const scan = await findScan(tx, scanId, { lock: true });
    if (!TERMINAL_STATUSES.has(scan.status) || scan.status === 'expired') {
      throw new AppError('SCAN_STATE', `This scan is ${scan.status}. Run it again once it has come to its end.`);
    }
    const needsVault = STEP_IDS.indexOf(fromStep) <= STEP_IDS.indexOf(LAST_VAULT_STEP);
    if (needsVault && (scan.wrappedKey === null || scan.vaultClosedAt !== null)) {
      throw new AppError(
        'VAULT_CLOSED',
        'The raw recording of this scan has been destroyed as promised. Run it again from synthesis or render, or record the site once more.',
      );
    }
    const again = STEP_IDS.slice(STEP_IDS.indexOf(fromStep));
    await tx.delete(checkpoints).where(and(eq(checkpoints.scanId, scanId), inArray(checkpoints.step, again)));
    await tx
      .update(scans)
      .set({ status: 'queued', failedStep: null, finishedAt: null, attempts: 0, run: scan.run + 1 })
      .where(eq(scans.id, scanId));
    await recordAudit(tx, actor, 'scan.rerun', { scanId, facts: { fromStep } });
    await deps.queue.enqueueScan(tx, scanId);
    await appendEvents(tx, scanId, [
      {
        step: 'scan',
        status: 'started',
        message: asScrubbed(`Running again from ${fromStep}`),
        metadata: { fromStep },
      },
    ]);
    return acceptedAnswer(scan, 'queued', links);
  });
}
