import type { z } from 'zod';
import type { keyScopeSchema } from '#shared/api.ts';

export type KeyScope = z.infer<typeof keyScopeSchema>;

/** Who asks. The account comes from the key alone, never from the request. */
export interface Actor {
  accountId: string;
  /** Id of the API key, or `connect-code`, `operator` where none was used. */
  by: string;
  scopes: readonly KeyScope[];
  requestId: string | null;
}
