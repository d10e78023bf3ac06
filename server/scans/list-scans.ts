import { and, desc, lt, ne, or, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { ScanSummary } from '#shared/api.ts';
import { scanIdSchema } from '#shared/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import { asAccount } from '../db/client.ts';
import { scans } from '../db/schema/index.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { Links } from './scan-links.ts';
import { summarizeScan } from './summarize-scan.ts';

const cursorSchema = z.tuple([z.iso.datetime(), scanIdSchema]);
const writeCursor = (at: Date, id: string): string => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

function readCursor(cursor: string): { at: Date; id: string } {
  const parsed = cursorSchema.safeParse(Buffer.from(cursor, 'base64url').toString().split(' '));
  if (!parsed.success) throw new AppError('INVALID_BODY', 'The cursor is not one that this list gave.');
  return { at: new Date(parsed.data[0]), id: parsed.data[1] };
}

/** The account's scans, newest first. `next` continues after the last one given, whatever was added or erased meanwhile. */
export async function listScans(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  page: { cursor: string | null; limit: number },
  links: Links,
): Promise<{ scans: ScanSummary[]; next: string | null }> {
  const after = page.cursor === null ? null : readCursor(page.cursor);
  const rows = await asAccount(deps.db, actor.accountId, (tx) =>
    tx
      .select()
      .from(scans)
      .where(
        and(
          ne(scans.status, 'erased'),
          after === null
            ? undefined
            : or(lt(scans.createdAt, after.at), and(eq(scans.createdAt, after.at), lt(scans.id, after.id))),
        ),
      )
      .orderBy(desc(scans.createdAt), desc(scans.id))
      .limit(page.limit + 1),
  );
  const given = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? given.at(-1) : undefined;
  return {
    scans: given.map((row) => summarizeScan(row, links)),
    next: last === undefined ? null : writeCursor(last.createdAt, last.id),
  };
}
