import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { CaptureAccepted, oneShotCaptureSchema } from '#shared/api.ts';
import { captureLineSchema, type SegmentLine } from '#shared/capture.ts';
import { splitHar } from '#shared/har-lines.ts';
import type { Actor } from '../accounts/actor.ts';
import { asAccount } from '../db/client.ts';
import { scans } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { createScan } from './create-scan.ts';
import { findScan } from './find-scan.ts';
import type { Links } from './scan-links.ts';
import { sealCapture } from './seal-capture.ts';
import type { SpooledSegment } from './spool-segment.ts';
import { requireOpen, storeSpooled } from './store-spooled.ts';

type OneShot = z.infer<typeof oneShotCaptureSchema>;

function readLines(capture: OneShot['capture']): SegmentLine[] {
  if ('har' in capture) return splitHar(JSON.stringify(capture.har));
  return capture.entries.map((entry, index) => {
    const line = captureLineSchema.safeParse(entry);
    if (line.success) return line.data;
    throw new AppError('INVALID_BODY', `capture.entries[${index}] is not a line of a recording.`, {
      details: line.error.issues
        .slice(0, 5)
        .map(({ path, code, message }) => ({ path: path.map(String).join('.'), code, message })),
    });
  });
}

/** Lines as segments of at most `maxBytes` expanded, in memory: a one-shot body is small. */
export function packLines(lines: readonly SegmentLine[], maxBytes: number): SpooledSegment[] {
  const groups: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const text = `${JSON.stringify(line)}\n`;
    const bytes = Buffer.byteLength(text);
    if (size + bytes > maxBytes) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(text);
    size += bytes;
  }
  const kind = lines[0]?.k === 'har' ? 'har' : 'recording';
  return groups.map((group) => {
    const text = group.join('');
    const packed = gzipSync(text);
    return {
      sha256: createHash('sha256').update(packed).digest('hex'),
      bytes: packed.length,
      expandedBytes: Buffer.byteLength(text),
      lines: group.length,
      kind,
      read: () => Readable.from([packed]),
      drop: () => Promise.resolve(),
    };
  });
}

/**
 * Takes a whole capture in one body: for the scan `scanId`, or for a new one when that is null. Sending the same capture to
 * the same scan again gives the same answer. Throws `INVALID_BODY`, `NOT_FOUND`, `SCAN_STATE`, `SEGMENT_CONFLICT`.
 */
export async function acceptOneShot(
  deps: Pick<Deps, 'db' | 'blobs' | 'wrapper' | 'settings' | 'queue' | 'now' | 'newId' | 'randomBytes'>,
  actor: Actor,
  input: OneShot & { scanId: string | null; idempotencyKey: string | null; client: string },
  links: Links,
): Promise<CaptureAccepted> {
  const lines = readLines(input.capture);
  const facts = {
    targetUrl: input.targetUrl,
    intentText: input.intentText,
    starterTemplate: input.starterTemplate,
    ...(input.consent === undefined ? {} : { consent: input.consent }),
  };
  const scanId =
    input.scanId ??
    (
      await createScan(
        deps,
        actor,
        { consent: null, ...facts, idempotencyKey: input.idempotencyKey, client: input.client },
        links,
      )
    ).scanId;
  const packed = packLines(lines, deps.settings.limits.segmentExpandedBytes);
  const scan = await asAccount(deps.db, actor.accountId, async (tx) => {
    const row = await findScan(tx, scanId, { lock: true });
    if (row.status === 'recording') await tx.update(scans).set(facts).where(eq(scans.id, scanId));
    return row;
  });
  if (scan.status === 'recording' || scan.status === 'uploading') {
    const wrappedKey = requireOpen(scan);
    for (const [n, segment] of packed.entries()) await storeSpooled(deps, actor, { scanId, n, wrappedKey, segment });
  }
  const manifest = packed.map(({ sha256, bytes }, n) => ({ n, sha256, bytes }));
  return sealCapture(deps, actor, scanId, manifest, links);
}
