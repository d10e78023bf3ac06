import { z } from 'zod';
import { keyScopeSchema } from '#shared/api.ts';
import type { Deps } from '../deps.ts';
import { findApiKey } from '../db/lookups.ts';
import type { Actor } from './actor.ts';
import { hashSecret, readKeyLookup, sameHash } from './key-format.ts';

/** The actor a key stands for; null when it is malformed, unknown or revoked. Nothing is cached, so a revocation binds at once. */
export async function authenticateKey(
  deps: Pick<Deps, 'db' | 'pepper'>,
  key: string,
  requestId: string,
): Promise<Actor | null> {
  const lookup = readKeyLookup(key);
  if (lookup === null) return null;
  const row = await findApiKey(deps.db, lookup);
  if (row === null || !sameHash(hashSecret(key, deps.pepper), row.hash) || row.revokedAt !== null) return null;
  return { accountId: row.accountId, by: row.id, scopes: z.array(keyScopeSchema).parse(row.scopes), requestId };
}
