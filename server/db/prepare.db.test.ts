import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { prepareDatabase } from './prepare.ts';

const PROCESS = fileURLToPath(new URL('../testing/migrate-process.ts', import.meta.url));
const run = promisify(execFile);

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ migrated: false });
});
afterAll(() => test.close());

describe('prepareDatabase', () => {
  it('lets three processes start at once on an empty database', async () => {
    const { appPassword } = inject('postgres');
    const start = () => run(process.execPath, ['--import', 'tsx', PROCESS, test.ownerUrl, appPassword]);
    await Promise.all([start(), start(), start()]);
    const owner = postgres(test.ownerUrl, { max: 1 });
    const [row] = await owner`select count(*)::int as n from drizzle.__drizzle_migrations`;
    expect(row?.['n']).toBeGreaterThanOrEqual(2);
    await owner.end();
    const [who] = await test.db.execute('select current_user::text as name');
    expect(who).toEqual({ name: 'recon_app' });
  });

  it('takes an address of the server role as it is', async () => {
    expect(await prepareDatabase({ ownerUrl: test.url })).toEqual({ appUrl: test.url });
  });

  it('gives every machine the same password from the owner’s address', async () => {
    const first = await prepareDatabase({ ownerUrl: test.ownerUrl });
    expect(await prepareDatabase({ ownerUrl: test.ownerUrl })).toEqual(first);
    const app = postgres(first.appUrl, { max: 1 });
    const [who] = await app`select current_user::text as name`;
    expect(who?.['name']).toBe('recon_app');
    await app.end();
    const { appPassword } = inject('postgres');
    await prepareDatabase({ ownerUrl: test.ownerUrl, appPassword });
  });
});
