import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { scanStatusSchema } from '#shared/events.ts';
import { keyScopeSchema } from '#shared/api.ts';
import type { Database } from './client.ts';
import { safely } from './database-error.ts';

const instant = z
  .union([z.string(), z.date()])
  .nullable()
  .transform((value) => (value === null ? null : new Date(value)));
const byteArray = z.instanceof(Uint8Array).transform((value) => new Uint8Array(value));
const count = z.union([z.string(), z.number(), z.bigint()]).transform(Number);

const keyRow = z.object({
  id: z.uuid(),
  account_id: z.uuid(),
  hash: byteArray,
  scopes: z.array(keyScopeSchema),
  revoked_at: instant,
});

/** The key with this public part, of whatever account; notes its use at most once a minute. Compare `hash` in constant time. */
export async function findApiKey(db: Database, lookup: string) {
  const rows = await safely(() => db.execute(sql`select * from find_api_key(${lookup})`));
  if (!rows[0]) return null;
  const row = keyRow.parse(rows[0]);
  return { id: row.id, accountId: row.account_id, hash: row.hash, scopes: row.scopes, revokedAt: row.revoked_at };
}

const slugRow = z.object({
  scan_id: z.uuid(),
  account_id: z.uuid(),
  status: scanStatusSchema,
  shared_at: instant,
  share_expires_at: instant,
});

/** Whose report a slug names and whether it is shared. */
export async function findSlug(db: Database, slug: string) {
  const rows = await safely(() => db.execute(sql`select * from find_slug(${slug})`));
  if (!rows[0]) return null;
  const row = slugRow.parse(rows[0]);
  return {
    scanId: row.scan_id,
    accountId: row.account_id,
    status: row.status,
    sharedAt: row.shared_at,
    shareExpiresAt: row.share_expires_at,
  };
}

const idRow = z.object({ id: z.uuid().nullable() });

/** The account of a code that was neither used nor expired; it is used from then on. */
export async function redeemConnectCode(db: Database, hash: Uint8Array): Promise<string | null> {
  const rows = await safely(() => db.execute(sql`select redeem_connect_code(${Buffer.from(hash)}) as id`));
  return idRow.parse(rows[0]).id;
}

/** Whose scan it is; for the worker, which knows a scan id only. */
export async function findScanAccount(db: Database, scanId: string): Promise<string | null> {
  const rows = await safely(() => db.execute(sql`select find_scan_account(${scanId}) as id`));
  return idRow.parse(rows[0]).id;
}

/** The account of that name, made when there is none; for whoever runs the server. */
export async function ensureAccount(db: Database, name: string): Promise<string> {
  const rows = await safely(() => db.execute(sql`select ensure_account(${name}) as id`));
  return z.object({ id: z.uuid() }).parse(rows[0]).id;
}

/** `unsealed`: recordings nobody finished. `waiting`: queued or processing. `vault`: finished, key kept. `report`: finished. */
export type StaleKind = 'unsealed' | 'waiting' | 'vault' | 'report';
const staleRow = z.object({ scan_id: z.uuid(), account_id: z.uuid() });

/** Scans of all accounts that have been in a state for longer than `ageSeconds`, oldest first, at most `limit`. */
export async function findStaleScans(db: Database, kind: StaleKind, ageSeconds: number, limit = 100) {
  const rows = await safely(() =>
    db.execute(sql`select * from stale_scans(${kind}, ${Math.round(ageSeconds)}, ${limit})`),
  );
  return rows.map((row) => staleRow.parse(row)).map((row) => ({ scanId: row.scan_id, accountId: row.account_id }));
}

/** Scans of all accounts by state. */
export async function countScans(db: Database) {
  const rows = await safely(() => db.execute(sql`select * from count_scans()`));
  return rows.map((row) => z.object({ status: scanStatusSchema, count }).parse(row));
}

/** Requests of all accounts by client version since a day (`YYYY-MM-DD`). */
export async function countClientVersions(db: Database, sinceDay: string) {
  const rows = await safely(() => db.execute(sql`select * from count_client_versions(${sinceDay}::date)`));
  return rows.map((row) => z.object({ client: z.string(), count }).parse(row));
}
