import type { Deps } from '../deps.ts';
import { redeemConnectCode } from '../db/lookups.ts';
import { AppError } from '../errors.ts';
import { readCode } from './code-format.ts';
import { createKey } from './create-key.ts';
import { hashSecret } from './key-format.ts';

/** Changes a one-time code into a key. Throws `UNAUTHENTICATED` when it is unknown, used or older than five minutes. */
export async function redeemCode(
  deps: Pick<Deps, 'db' | 'pepper' | 'randomBytes' | 'now'>,
  input: { code: string; client: string; requestId: string },
): Promise<string> {
  const accountId = await redeemConnectCode(deps.db, hashSecret(readCode(input.code), deps.pepper));
  if (accountId === null) {
    throw new AppError(
      'UNAUTHENTICATED',
      'This code is not valid any more. Codes work once and for five minutes; the terminal that runs the server shows the current one.',
    );
  }
  const day = deps.now().toISOString().slice(0, 10);
  const created = await createKey(
    deps,
    { accountId, by: 'connect-code', scopes: ['scan', 'session'], requestId: input.requestId },
    { name: `${input.client} connected ${day}`.slice(0, 80), scopes: ['scan', 'session'] },
  );
  return created.key;
}
