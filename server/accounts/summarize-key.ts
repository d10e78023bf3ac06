import { z } from 'zod';
import { keyScopeSchema, type keySummarySchema } from '#shared/api.ts';
import type { apiKeys } from '../db/schema/index.ts';

/** A key as its owner sees it: never the secret, its hash or its look-up part. */
export const summarizeKey = (row: typeof apiKeys.$inferSelect): z.infer<typeof keySummarySchema> => ({
  id: row.id,
  name: row.name,
  scopes: z.array(keyScopeSchema).parse(row.scopes),
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});
