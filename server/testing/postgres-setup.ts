import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../db/embedded.ts';
import { appUrlOf, prepareDatabase } from '../db/prepare.ts';
import { openQueue } from '../jobs/queue.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the test PostgreSQL; database names are appended by `createTestDatabase`. */
    postgres: { ownerUrl: string; appPassword: string; template: string };
  }
}

const TEMPLATE = 'recon_template';

/** Starts one PostgreSQL for the run and fills the template that every test file's database is copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'recon-test-'));
  chmodSync(dir, 0o755);
  const embedded = await startEmbedded({ dir, settings: ['fsync=off', 'synchronous_commit=off'] });
  const owner = postgres(embedded.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.unsafe(`create database ${TEMPLATE}`);
  await owner.end();
  const url = new URL(embedded.ownerUrl);
  url.pathname = `/${TEMPLATE}`;
  const appPassword = decodeURIComponent(new URL(embedded.appUrl).password);
  await prepareDatabase({ ownerUrl: url.href, appPassword });
  const queue = await openQueue({ url: appUrlOf(url.href, appPassword), supervise: false });
  await queue.close();
  project.provide('postgres', { ownerUrl: embedded.ownerUrl, appPassword, template: TEMPLATE });
  return async () => {
    await embedded.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
