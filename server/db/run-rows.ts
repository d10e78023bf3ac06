import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { ScanStatus, StepId } from '#shared/events.ts';
import type { ValidationRun } from '#shared/report.ts';
import type { AccountTx } from './client.ts';
import type { ScanRow } from './scan-rows.ts';
import { checkpoints } from './schema/checkpoints.ts';
import { scans } from './schema/scans.ts';
import { segments } from './schema/segments.ts';
import { validationRuns } from './schema/validation-runs.ts';

/** A job held by this worker; `retryCount` rises with every claim of the job, which makes the pair a fencing token. */
export interface Claim {
  jobId: string;
  retryCount: number;
}

/** Another worker holds the job now, or it was erased; nothing may be written for it here any more. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
  readonly code = 'CLAIM_LOST';
  constructor() {
    super('The claim on this scan is lost.');
  }
}

/** Keeps the claim from changing until this transaction ends. Throws `ClaimLost`. First statement of every write of a run. */
export async function requireClaim(tx: AccountTx, claim: Claim): Promise<void> {
  const rows = await tx.execute(
    sql`select 1 from pgboss.job where name = 'scan' and id = ${claim.jobId}::uuid and state = 'active'
        and retry_count = ${claim.retryCount} for share`,
  );
  if (rows.length === 0) throw new ClaimLost();
}

/**
 * Takes up a scan that is queued or under way and counts the attempt before any work is done. Null when there is nothing to
 * do: it ended, was erased or belongs to another account.
 */
export async function takeUpScan(tx: AccountTx, scanId: string): Promise<ScanRow | null> {
  const [row] = await tx
    .update(scans)
    .set({ status: 'processing', attempts: sql`${scans.attempts} + 1` })
    .where(and(eq(scans.id, scanId), inArray(scans.status, ['queued', 'processing'])))
    .returning();
  return row ?? null;
}

/** Takes back an attempt that ended for reasons outside the scan. */
export async function forgiveAttempt(tx: AccountTx, scanId: string): Promise<void> {
  await tx
    .update(scans)
    .set({ attempts: sql`greatest(${scans.attempts} - 1, 0)` })
    .where(eq(scans.id, scanId));
}

/** The segments of a scan in order. */
export const readSegments = (tx: AccountTx, scanId: string) =>
  tx.select().from(segments).where(eq(segments.scanId, scanId)).orderBy(asc(segments.n));

export type CheckpointRow = typeof checkpoints.$inferSelect;
export const readCheckpoints = (tx: AccountTx, scanId: string): Promise<CheckpointRow[]> =>
  tx.select().from(checkpoints).where(eq(checkpoints.scanId, scanId));

type NewCheckpoint = Omit<typeof checkpoints.$inferInsert, 'attempts' | 'createdAt' | 'accountId'>;

/**
 * Stores the end of a step and drops the checkpoints of `stale`. The attempts that it took go into the checkpoint; the claim
 * under way counts as the first attempt of what follows. Throws `ClaimLost` when the scan is no longer under way.
 */
export async function writeCheckpoint(
  tx: AccountTx,
  checkpoint: NewCheckpoint,
  stale: readonly StepId[],
): Promise<void> {
  const { scanId } = checkpoint;
  const [scan] = await tx
    .select({ attempts: scans.attempts, accountId: scans.accountId })
    .from(scans)
    .where(and(eq(scans.id, scanId), eq(scans.status, 'processing')))
    .for('update');
  if (!scan) throw new ClaimLost();
  await tx
    .delete(checkpoints)
    .where(and(eq(checkpoints.scanId, scanId), inArray(checkpoints.step, [checkpoint.step, ...stale])));
  await tx.insert(checkpoints).values({ ...checkpoint, accountId: scan.accountId, attempts: scan.attempts });
  await tx.update(scans).set({ attempts: 1 }).where(eq(scans.id, scanId));
}

/** The replays of a scan's present run, in order. */
export async function readAttempts(tx: AccountTx, scanId: string): Promise<ValidationRun[]> {
  const rows = await tx
    .select({ row: validationRuns })
    .from(validationRuns)
    .innerJoin(scans, and(eq(scans.id, validationRuns.scanId), eq(scans.run, validationRuns.run)))
    .where(eq(validationRuns.scanId, scanId))
    .orderBy(asc(validationRuns.id));
  return rows.map(({ row }) => ({
    endpoint: row.endpoint,
    exchange: row.exchange,
    client: row.client,
    tier: row.tier,
    session: row.session,
    outcome: row.outcome,
    status: row.status,
    durationMs: row.durationMs,
    bytes: row.bytes,
    reason: row.reason,
    at: row.at.toISOString(),
  }));
}

/** Appends a replay; it is progress, so the attempts begin anew. Throws `ClaimLost` when the scan is no longer under way. */
export async function appendAttempt(tx: AccountTx, scanId: string, attempt: ValidationRun): Promise<void> {
  const [scan] = await tx
    .update(scans)
    .set({ attempts: 1 })
    .where(and(eq(scans.id, scanId), eq(scans.status, 'processing')))
    .returning({ run: scans.run, accountId: scans.accountId });
  if (!scan) throw new ClaimLost();
  await tx.insert(validationRuns).values({
    scanId,
    accountId: scan.accountId,
    run: scan.run,
    endpoint: attempt.endpoint,
    exchange: attempt.exchange,
    client: attempt.client,
    tier: attempt.tier,
    session: attempt.session,
    outcome: attempt.outcome,
    status: attempt.status,
    durationMs: attempt.durationMs === null ? null : Math.round(attempt.durationMs),
    bytes: attempt.bytes,
    reason: attempt.reason,
    at: new Date(attempt.at),
  });
}

export interface ScanEnd {
  status: Extract<ScanStatus, 'complete' | 'failed' | 'parked'>;
  failedStep: StepId | null;
  verdict: string | null;
}

/** Ends a scan that is under way; false when it was not. */
export async function endScan(tx: AccountTx, scanId: string, end: ScanEnd): Promise<boolean> {
  const rows = await tx
    .update(scans)
    .set({ ...end, finishedAt: sql`now()`, attempts: 0 })
    .where(and(eq(scans.id, scanId), eq(scans.status, 'processing')))
    .returning({ id: scans.id });
  return rows.length > 0;
}

/** Forgets the keys of a scan, and with them everything in its vault. */
export async function closeVaultRow(tx: AccountTx, scanId: string): Promise<void> {
  await tx
    .update(scans)
    .set({ wrappedKey: null, placeholderKey: null, vaultClosedAt: sql`coalesce(${scans.vaultClosedAt}, now())` })
    .where(eq(scans.id, scanId));
}

/** Ends a recording that nobody finished, with its keys and segments; false when it was finished meanwhile. */
export async function expireScan(tx: AccountTx, scanId: string): Promise<boolean> {
  const rows = await tx
    .update(scans)
    .set({ status: 'expired', finishedAt: sql`now()` })
    .where(and(eq(scans.id, scanId), inArray(scans.status, ['recording', 'uploading'])))
    .returning({ id: scans.id });
  if (rows.length === 0) return false;
  await closeVaultRow(tx, scanId);
  await tx.delete(segments).where(eq(segments.scanId, scanId));
  return true;
}

/** The state of a scan's row; null when the account has none. */
export async function readScan(tx: AccountTx, scanId: string): Promise<ScanRow | null> {
  const [row] = await tx.select().from(scans).where(eq(scans.id, scanId));
  return row ?? null;
}
