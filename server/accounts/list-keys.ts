import { desc } from 'drizzle-orm';
import type { z } from 'zod';
import type { keyListSchema } from '#shared/api.ts';
import type { Deps } from '../deps.ts';
import { asAccount } from '../db/client.ts';
import { apiKeys } from '../db/schema/index.ts';
import type { Actor } from './actor.ts';
import { summarizeKey } from './summarize-key.ts';

/** The account's keys, newest first, revoked ones too. */
export async function listKeys(deps: Pick<Deps, 'db'>, actor: Actor): Promise<z.infer<typeof keyListSchema>> {
  const rows = await asAccount(deps.db, actor.accountId, (tx) =>
    tx.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)),
  );
  return { keys: rows.map(summarizeKey) };
}
