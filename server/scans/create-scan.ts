import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import type { Consent, CreatedScan, StarterTemplate } from '#shared/api.ts';
import type { Actor } from '../accounts/actor.ts';
import { randomBase62 } from '../accounts/base62.ts';
import { recordAudit } from '../accounts/record-audit.ts';
import { asAccount } from '../db/client.ts';
import { isConflict } from '../db/database-error.ts';
import { insertScan, type ScanRow } from '../db/scan-rows.ts';
import { scans } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { createScanKeys } from '../scrubbing/vault.ts';
import { eventsUrl, reportUrl, type Links } from './scan-links.ts';
import { scanLimits } from './scan-limits.ts';

export interface NewScanInput {
  targetUrl: string;
  intentText: string;
  starterTemplate: StarterTemplate;
  consent: Consent | null;
}

/** 22 base62 digits hold 131 random bits. */
const SLUG_DIGITS = 22;
export const makeSlug = (deps: Pick<Deps, 'randomBytes'>): string => randomBase62(SLUG_DIGITS, deps.randomBytes);

const isSame = (row: ScanRow, input: NewScanInput): boolean =>
  isDeepStrictEqual(
    [row.targetUrl, row.intentText, row.starterTemplate, { ...row.consent }],
    [input.targetUrl, input.intentText, input.starterTemplate, { ...input.consent }],
  );

/** Makes a scan in state `recording`. The same idempotency key with the same input gives the same scan; with another, `CONFLICT`. */
export async function createScan(
  deps: Pick<Deps, 'db' | 'wrapper' | 'newId' | 'randomBytes' | 'settings'>,
  actor: Actor,
  input: NewScanInput & { idempotencyKey: string | null; client: string },
  links: Links,
): Promise<CreatedScan> {
  const answer = (row: ScanRow): CreatedScan => ({
    scanId: row.id,
    reportUrl: reportUrl(links, row.slug),
    eventsUrl: eventsUrl(links, row.id),
    limits: scanLimits(deps),
  });
  const { idempotencyKey } = input;
  const findEarlier = async (): Promise<ScanRow | undefined> => {
    if (idempotencyKey === null) return undefined;
    const [row] = await asAccount(deps.db, actor.accountId, (tx) =>
      tx.select().from(scans).where(eq(scans.idempotencyKey, idempotencyKey)),
    );
    if (row !== undefined && !isSame(row, input)) {
      throw new AppError('CONFLICT', 'This Idempotency-Key was used for another scan. Use a new key for a new scan.');
    }
    return row;
  };

  const earlier = await findEarlier();
  if (earlier !== undefined) return answer(earlier);
  const scanId = deps.newId();
  const keys = await createScanKeys(deps.wrapper, scanId);
  try {
    return await asAccount(deps.db, actor.accountId, async (tx) => {
      const row = await insertScan(tx, {
        id: scanId,
        accountId: actor.accountId,
        slug: makeSlug(deps),
        targetUrl: input.targetUrl,
        intentText: input.intentText,
        starterTemplate: input.starterTemplate,
        consent: input.consent,
        idempotencyKey,
        client: input.client,
        ...keys,
      });
      await recordAudit(tx, actor, 'scan.create', { scanId });
      return answer(row);
    });
  } catch (error) {
    if (!isConflict(error, 'scans_idempotency')) throw error;
    const winner = await findEarlier();
    if (winner === undefined) throw error;
    return answer(winner);
  }
}
