import { randomBytes } from 'node:crypto';
import { getTableName, is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asScrubbed } from '../scrubbing/brand.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { addAccount, addScan } from '../testing/sample-rows.ts';
import { asAccount, type AccountTx } from './client.ts';
import { DatabaseError, isConflict } from './database-error.ts';
import {
  countClientVersions,
  countScans,
  ensureAccount,
  findApiKey,
  findScanAccount,
  findSlug,
  findStaleScans,
  redeemConnectCode,
} from './lookups.ts';
import { appendEvents, eraseScanRows, readEvents } from './scan-rows.ts';
import * as schema from './schema/index.ts';

const tables = Object.values<unknown>(schema).filter((entry): entry is PgTable => is(entry, PgTable));
/** Rows of no account. */
const SHARED = ['rate_limits'];
const all = tables.map((table) => getTableName(table)).sort();
const names = all.filter((name) => !SHARED.includes(name));

let test: TestDatabase;
let owner: postgres.Sql;
let mine: string;
let other: string;
let scanId: string;
let slug: string;

async function fill(tx: AccountTx, accountId: string) {
  const scan = await addScan(tx, accountId, { wrappedKey: randomBytes(60), intentText: 'prices' });
  const of = { scanId: scan.id, accountId };
  const lookup = randomBytes(4).toString('hex');
  await tx.insert(schema.apiKeys).values({ accountId, lookup, hash: randomBytes(32), name: 'k', scopes: ['scan'] });
  await tx
    .insert(schema.connectCodes)
    .values({ accountId, hash: randomBytes(32), expiresAt: new Date(Date.now() + 60_000) });
  await tx.insert(schema.audit).values({ accountId, actor: 'operator', action: 'scan.create', facts: {} });
  await tx
    .insert(schema.clientVersions)
    .values({ accountId, client: 'extension/0.3.0', day: '2026-11-20', count: 2 })
    .onConflictDoNothing();
  await tx
    .insert(schema.segments)
    .values({ ...of, n: 0, sha256: 'a', bytes: 1, expandedBytes: 1, lines: 1, blobKey: 'k' });
  await tx.insert(schema.checkpoints).values({
    ...of,
    step: 'ingest',
    version: 1,
    status: 'complete',
    message: 'done',
    metadata: {},
    durationMs: 1,
    artifacts: {},
    attempts: 1,
  });
  await tx.insert(schema.validationRuns).values({
    ...of,
    run: 1,
    endpoint: 'e1',
    exchange: 'x1',
    client: 'fetch',
    tier: 'none',
    session: 'anonymous',
    outcome: 'error',
    reason: 'r',
    at: new Date(),
  });
  await appendEvents(tx, scan.id, [{ step: 'scan', status: 'started', message: asScrubbed('hello') }]);
  return scan;
}

beforeAll(async () => {
  test = await createTestDatabase();
  owner = postgres(test.ownerUrl, { max: 1, onnotice: () => undefined });
  mine = await addAccount(test.db);
  other = await addAccount(test.db);
  const scan = await asAccount(test.db, mine, (tx) => fill(tx, mine));
  ({ id: scanId, slug } = scan);
});
afterAll(async () => {
  await owner.end();
  await test.close();
});

describe('row-level security', () => {
  it('is enabled and forced on every table, and the server role cannot pass by', async () => {
    const rows = await owner`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and relrowsecurity and relforcerowsecurity order by relname`;
    expect(rows.map((row) => String(row['relname']))).toEqual(all);
    const [role] = await owner`select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'recon_app'`;
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false });
    const [who] = await test.db.execute(sql`select current_user::text as name`);
    expect(who).toEqual({ name: 'recon_app' });
  });

  it.each(names)('shows rows of %s to their account only', async (name) => {
    const table = tables.find((candidate) => getTableName(candidate) === name);
    expect(table && getTableConfig(table).columns.map((column) => column.name)).toContain('account_id');
    const count = async (accountId: string) => {
      const rows = await asAccount(test.db, accountId, (tx) =>
        tx.execute(sql`select count(*)::int as n from ${sql.identifier(name)}`),
      );
      return rows[0]?.['n'];
    };
    expect(await count(mine)).toBeGreaterThan(0);
    expect(await count(other)).toBe(name === 'accounts' ? 1 : 0);
    const without = await test.db.execute(sql`select count(*)::int as n from ${sql.identifier(name)}`);
    expect(without[0]?.['n']).toBe(0);
  });

  it.each(names)('lets no account write rows of %s for another', async (name) => {
    await expect(
      asAccount(test.db, other, async (tx) => {
        await tx.execute(sql`select set_config('recon.account_id', ${mine}, true)`);
        await tx.execute(sql`create temporary table stolen on commit drop as select * from ${sql.identifier(name)}`);
        await tx.execute(sql`select set_config('recon.account_id', ${other}, true)`);
        await tx.execute(sql`insert into ${sql.identifier(name)} overriding system value select * from stolen`);
      }),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('does not leak the account into the next user of a connection', async () => {
    await asAccount(test.db, mine, (tx) => tx.execute(sql`select 1`));
    const rows = await Promise.all(
      Array.from({ length: 20 }, () => test.db.execute(sql`select current_setting('recon.account_id', true) as id`)),
    );
    expect(rows.every(([row]) => !row?.['id'])).toBe(true);
  });

  it.each(['events', 'validation_runs', 'audit'])('lets nobody change or delete rows of %s', async (name) => {
    for (const statement of [
      sql`update ${sql.identifier(name)} set account_id = account_id`,
      sql`delete from ${sql.identifier(name)}`,
    ])
      await expect(asAccount(test.db, mine, (tx) => tx.execute(statement))).rejects.toMatchObject({ code: '42501' });
  });
});

describe('look-ups', () => {
  it('find a key by its public part, and note its use', async () => {
    const [key] = await asAccount(test.db, mine, (tx) => tx.select().from(schema.apiKeys));
    if (!key) throw new Error('no key');
    const found = await findApiKey(test.db, key.lookup);
    expect(found).toEqual({ id: key.id, accountId: mine, hash: key.hash, scopes: ['scan'], revokedAt: null });
    const [used] = await asAccount(test.db, mine, (tx) => tx.select().from(schema.apiKeys));
    expect(used?.lastUsedAt).toBeInstanceOf(Date);
    expect(await findApiKey(test.db, 'missing0')).toBeNull();
  });

  it('find a report by its slug, and whose a scan is', async () => {
    expect(await findSlug(test.db, slug)).toEqual({
      scanId,
      accountId: mine,
      status: 'recording',
      sharedAt: null,
      shareExpiresAt: null,
    });
    expect(await findSlug(test.db, 'nothing')).toBeNull();
    expect(await findScanAccount(test.db, scanId)).toBe(mine);
    expect(await findScanAccount(test.db, other)).toBeNull();
  });

  it('redeem a code once, and never a late one', async () => {
    const [good, late] = [randomBytes(32), randomBytes(32)];
    await asAccount(test.db, mine, (tx) =>
      tx.insert(schema.connectCodes).values([
        { accountId: mine, hash: good, expiresAt: new Date(Date.now() + 60_000) },
        { accountId: mine, hash: late, expiresAt: new Date(Date.now() - 1000) },
      ]),
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeemConnectCode(test.db, good)));
    expect(answers.filter((answer) => answer === mine)).toHaveLength(1);
    expect(await redeemConnectCode(test.db, late)).toBeNull();
  });

  it('make an account once, whoever asks at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => ensureAccount(test.db, 'local')));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).not.toBe(await ensureAccount(test.db, 'another'));
  });

  it('count and list over all accounts', async () => {
    expect(await countScans(test.db)).toContainEqual({ status: 'recording', count: 1 });
    expect(await countClientVersions(test.db, '2026-11-01')).toEqual([{ client: 'extension/0.3.0', count: 2 }]);
    expect(await findStaleScans(test.db, 'unsealed', -60)).toEqual([{ scanId, accountId: mine }]);
    expect(await findStaleScans(test.db, 'unsealed', 3600)).toEqual([]);
  });
});

describe('the door', () => {
  it('says which rule was broken, and nothing of the values', async () => {
    const secret = 'canary-5b1d';
    const twice = (tx: AccountTx) => addScan(tx, mine, { idempotencyKey: secret, intentText: secret });
    await asAccount(test.db, mine, twice);
    const error: unknown = await asAccount(test.db, mine, twice).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(isConflict(error, 'scans_idempotency')).toBe(true);
    const bad: unknown = await asAccount(test.db, mine, (tx) => tx.execute(sql`select ${secret}::int`)).catch(
      (thrown: unknown) => thrown,
    );
    for (const shown of [error, bad]) {
      expect(shown).toBeInstanceOf(DatabaseError);
      expect(JSON.stringify(shown, Object.getOwnPropertyNames(shown)) + String(shown)).not.toContain(secret);
    }
  });

  it('stores what PostgreSQL would refuse', async () => {
    const intentText = 'a\u0000b\uD800c';
    const row = await asAccount(test.db, mine, (tx) => addScan(tx, mine, { intentText }));
    expect(row.intentText).toBe('a\uFFFDb\uFFFDc');
    await asAccount(test.db, mine, (tx) =>
      appendEvents(tx, row.id, [
        { step: 'scan', status: 'progress', message: asScrubbed('\u0000'), metadata: { 'k\u0000': 'v\uDC00' } },
      ]),
    );
    const [event] = await asAccount(test.db, mine, (tx) => readEvents(tx, row.id, 0));
    expect(event).toMatchObject({ message: '\uFFFD', metadata: { 'k\uFFFD': 'v\uFFFD' } });
  });
});

describe('erasure', () => {
  it('leaves a tombstone without anything of the scan, to its own account only', async () => {
    const scan = await asAccount(test.db, mine, (tx) => fill(tx, mine));
    expect(await asAccount(test.db, other, (tx) => eraseScanRows(tx, scan.id))).toBe(false);
    expect(await asAccount(test.db, mine, (tx) => eraseScanRows(tx, scan.id))).toBe(true);
    expect(await asAccount(test.db, mine, (tx) => eraseScanRows(tx, scan.id))).toBe(true);
    const [row] = await owner`select * from scans where id = ${scan.id}`;
    expect(row).toMatchObject({ status: 'erased', wrapped_key: null, target_url: '', intent_text: '' });
    for (const name of ['segments', 'events', 'event_counters', 'checkpoints', 'validation_runs'])
      expect(await owner`select 1 from ${owner(name)} where scan_id = ${scan.id}`).toHaveLength(0);
    expect(await findSlug(test.db, scan.slug)).toBeNull();
  });
});
