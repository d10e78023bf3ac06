import type { z } from 'zod';
import type { createdKeySchema } from '#shared/api.ts';
import type { Deps } from '../deps.ts';
import { asAccount } from '../db/client.ts';
import { apiKeys } from '../db/schema/index.ts';
import { AppError } from '../errors.ts';
import type { Actor, KeyScope } from './actor.ts';
import { hashSecret, makeKey, readKeyLookup } from './key-format.ts';
import { recordAudit } from './record-audit.ts';
import { summarizeKey } from './summarize-key.ts';

/** Makes a key of the actor's account. The answer is the only place where the key itself is ever shown. */
export async function createKey(
  deps: Pick<Deps, 'db' | 'pepper' | 'randomBytes'>,
  actor: Actor,
  input: { name: string; scopes: readonly KeyScope[] },
): Promise<z.infer<typeof createdKeySchema>> {
  const beyond = input.scopes.filter((scope) => !actor.scopes.includes(scope));
  if (beyond.length > 0) {
    throw new AppError('FORBIDDEN', `A key cannot give what it does not have: ${beyond.join(', ')}.`);
  }
  const key = makeKey(deps.randomBytes);
  const lookup = readKeyLookup(key);
  if (lookup === null) throw new AppError('INTERNAL_ERROR', 'A key that was just made does not read back.');
  return asAccount(deps.db, actor.accountId, async (tx) => {
    const [row] = await tx
      .insert(apiKeys)
      .values({
        accountId: actor.accountId,
        lookup,
        hash: hashSecret(key, deps.pepper),
        name: input.name,
        scopes: [...new Set(input.scopes)],
      })
      .returning();
    if (row === undefined) throw new AppError('INTERNAL_ERROR', 'The key was not stored.');
    await recordAudit(tx, actor, 'key.create', { facts: { key: row.id } });
    return { ...summarizeKey(row), key };
  });
}
