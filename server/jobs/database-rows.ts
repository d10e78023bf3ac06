import { asAccount, type AccountTx, type Database } from '../db/client.ts';
import {
  appendAttempt,
  ClaimLost,
  endScan,
  readAttempts,
  readCheckpoints,
  requireClaim,
  writeCheckpoint,
  type Claim,
} from '../db/run-rows.ts';
import { appendEvents } from '../db/scan-rows.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import type { PipelineRows } from '../pipeline/store.ts';

export interface DatabaseRowsOptions {
  db: Database;
  accountId: string;
  scanId: string;
  claim: Claim;
}

/** The rows of a scan under a claim: every call is one transaction that first makes sure of the claim. */
export function createDatabaseRows({ db, accountId, scanId, claim }: DatabaseRowsOptions): PipelineRows {
  const fenced = <T>(work: (tx: AccountTx) => Promise<T>) =>
    asAccount(db, accountId, async (tx) => {
      await requireClaim(tx, claim);
      return work(tx);
    });
  return {
    checkpoints: () =>
      fenced(async (tx) =>
        (await readCheckpoints(tx, scanId)).map((row) => ({
          step: row.step,
          version: row.version,
          status: row.status,
          message: asScrubbed(row.message),
          metadata: row.metadata,
          durationMs: row.durationMs,
          artifacts: row.artifacts,
        })),
      ),
    announce: (event) =>
      fenced(async (tx) => {
        await appendEvents(tx, scanId, [event]);
      }),
    commit: (checkpoint, event, stale) =>
      fenced(async (tx) => {
        await writeCheckpoint(tx, { scanId, ...checkpoint, artifacts: { ...checkpoint.artifacts } }, stale);
        await appendEvents(tx, scanId, [event]);
      }),
    pastAttempts: () => fenced((tx) => readAttempts(tx, scanId)),
    appendAttempt: (run) => fenced((tx) => appendAttempt(tx, scanId, run)),
    finish: (ending, event) =>
      fenced(async (tx) => {
        if (!(await endScan(tx, scanId, ending))) throw new ClaimLost();
        await appendEvents(tx, scanId, [event]);
      }),
  };
}
