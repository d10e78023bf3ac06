import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { openDatabase, type Database } from '../db/client.ts';
import { appUrlOf } from '../db/prepare.ts';

export interface TestDatabase {
  /** As `recon_app`. */
  url: string;
  ownerUrl: string;
  db: Database;
  /** Closes the pool and drops the database. */
  close: () => Promise<void>;
}

export interface TestDatabaseOptions {
  /** False: an empty database without tables. */
  migrated?: boolean;
}

/** A database of its own for one test file, copied from the migrated template. For the projects `integration` and `e2e`. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { ownerUrl, appPassword, template } = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.unsafe(`create database ${name}${options.migrated === false ? '' : ` template ${template}`}`);
  const mine = new URL(ownerUrl);
  mine.pathname = `/${name}`;
  const url = appUrlOf(mine.href, appPassword);
  const { db, close } = openDatabase(url, { max: 10 });
  return {
    url,
    ownerUrl: mine.href,
    db,
    close: async () => {
      await close();
      await owner.unsafe(`drop database if exists ${name} with (force)`);
      await owner.end({ timeout: 5 });
    },
  };
}
