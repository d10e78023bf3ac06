import type { Actor } from '../accounts/actor.ts';
import { asAccount } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { findScan } from './find-scan.ts';
import { spoolSegment } from './spool-segment.ts';
import { findSegment, requireOpen, segmentConflict, storeSpooled } from './store-spooled.ts';

/** Reads a body to its end and keeps nothing, so that the sender hears the answer. */
async function drain(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<void> {
  let bytes = 0;
  for await (const chunk of body) if ((bytes += chunk.length) > maxBytes) return;
}

/**
 * Takes one segment of a recording. The same digest again changes nothing; another digest under the same number throws
 * `SEGMENT_CONFLICT`. Throws `NOT_FOUND`, `SCAN_STATE` once sealed, and what `spoolSegment` throws.
 */
export async function appendSegment(
  deps: Pick<Deps, 'db' | 'blobs' | 'wrapper' | 'settings' | 'spoolDir' | 'newId'>,
  actor: Actor,
  input: { scanId: string; n: number; sha256: string; body: AsyncIterable<Uint8Array> },
): Promise<void> {
  const { scanId, n } = input;
  const found = await asAccount(deps.db, actor.accountId, async (tx) => ({
    scan: await findScan(tx, scanId),
    earlier: await findSegment(tx, scanId, n),
  }));
  if (found.earlier !== undefined) {
    await drain(input.body, deps.settings.limits.segmentBytes);
    if (found.earlier.sha256 !== input.sha256) throw segmentConflict(n);
    return;
  }
  const wrappedKey = requireOpen(found.scan);
  const segment = await spoolSegment(deps, input.body);
  try {
    if (segment.sha256 !== input.sha256) {
      throw new AppError(
        'INVALID_SEGMENT',
        'The bytes that arrived do not have the digest in Content-Digest. Send it again.',
      );
    }
    await storeSpooled(deps, actor, { scanId, n, wrappedKey, segment });
  } finally {
    await segment.drop();
  }
}
