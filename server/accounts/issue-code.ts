import type { Deps } from '../deps.ts';
import { asAccount } from '../db/client.ts';
import { connectCodes } from '../db/schema/index.ts';
import { makeCode } from './code-format.ts';
import { hashSecret } from './key-format.ts';
import { recordAudit } from './record-audit.ts';

export const CODE_LIFE_MS = 5 * 60_000;

/** Makes a one-time code that `POST /connect` changes into a key of `accountId`. */
export async function issueCode(
  deps: Pick<Deps, 'db' | 'pepper' | 'randomBytes' | 'now'>,
  accountId: string,
): Promise<{ code: string; expiresAt: Date }> {
  const code = makeCode(deps.randomBytes);
  const expiresAt = new Date(deps.now().getTime() + CODE_LIFE_MS);
  await asAccount(deps.db, accountId, async (tx) => {
    await tx.insert(connectCodes).values({ hash: hashSecret(code, deps.pepper), accountId, expiresAt });
    await recordAudit(tx, { accountId, by: 'operator', scopes: [], requestId: null }, 'code.issue');
  });
  return { code, expiresAt };
}
