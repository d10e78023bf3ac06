import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Deps } from '../deps.ts';
import { AppError, systemCode } from '../errors.ts';
import { checkSegmentLines, type CheckedLines } from './check-segment-lines.ts';

export interface SpooledSegment extends CheckedLines {
  sha256: string;
  bytes: number;
  /** The compressed bytes as they came. */
  read: () => AsyncIterable<Uint8Array>;
  drop: () => Promise<void>;
}

const megabytes = (bytes: number): string => `${bytes / 1_000_000} MB`;

/**
 * Writes a segment to disk while it is counted, hashed, expanded and checked line by line; nothing of it stays in memory and
 * nothing on disk when it is refused. Throws `TOO_LARGE`, `INVALID_GZIP`, `INVALID_SEGMENT`, `DISK_FULL`.
 */
export async function spoolSegment(
  deps: Pick<Deps, 'spoolDir' | 'newId' | 'settings'>,
  body: AsyncIterable<Uint8Array>,
): Promise<SpooledSegment> {
  const { segmentBytes, segmentExpandedBytes, ratio, ratioFreeBytes } = deps.settings.limits;
  const file = path.join(deps.spoolDir, `${deps.newId()}.part`);
  const drop = () => rm(file, { force: true });
  const hash = createHash('sha256');
  let bytes = 0;
  let checked: CheckedLines | undefined;
  const handle = await open(file, 'wx', 0o600);
  try {
    await pipeline(
      body,
      async function* keep(source: AsyncIterable<Uint8Array>) {
        for await (const chunk of source) {
          bytes += chunk.length;
          if (bytes > segmentBytes) {
            throw new AppError('TOO_LARGE', `A segment is at most ${megabytes(segmentBytes)} compressed.`);
          }
          hash.update(chunk);
          await handle.writeFile(chunk);
          yield chunk;
        }
      },
      createGunzip(),
      async (expanded: AsyncIterable<Uint8Array>) => {
        checked = await checkSegmentLines(expanded, (expandedBytes) => {
          if (expandedBytes > segmentExpandedBytes) {
            throw new AppError('TOO_LARGE', `A segment is at most ${megabytes(segmentExpandedBytes)} expanded.`);
          }
          if (expandedBytes > ratioFreeBytes && expandedBytes > bytes * ratio) {
            throw new AppError('TOO_LARGE', `A segment expands at most ${ratio} times. Cut it into smaller ones.`);
          }
        });
      },
    );
    if (checked === undefined) throw new AppError('INVALID_SEGMENT', 'The segment holds no line.');
  } catch (error) {
    await handle.close();
    await drop();
    const code = systemCode(error);
    if (code?.startsWith('Z_') === true) {
      throw new AppError('INVALID_GZIP', 'The segment is not a whole gzip stream. Send it again.', { cause: error });
    }
    throw error;
  }
  await handle.close();
  return { ...checked, sha256: hash.digest('hex'), bytes, read: () => createReadStream(file), drop };
}
