import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { openBlobs, type BlobSettings } from './blobs/open.ts';
import type { BlobStore } from './blobs/store.ts';
import { openDatabase, type Database } from './db/client.ts';
import { startEmbedded } from './db/embedded.ts';
import { APP_ROLE, prepareDatabase } from './db/prepare.ts';
import { SettingsError, type Settings } from './env.ts';
import { systemCode } from './errors.ts';
import { openQueue, type Queue, type QueueOptions } from './jobs/queue.ts';
import type { Logger } from './logger.ts';
import { createFileKeyWrapper } from './scrubbing/file-key-wrapper.ts';
import type { KeyWrapper } from './scrubbing/key-wrapper.ts';
import { createKmsKeyWrapper } from './scrubbing/kms-key-wrapper.ts';

/** Everything a verb may ask for; each takes the slice it needs. */
export interface Deps {
  settings: Settings;
  db: Database;
  blobs: BlobStore;
  wrapper: KeyWrapper;
  queue: Queue;
  /** Key of the hashes that stand for API keys and codes. */
  pepper: Uint8Array;
  /** Key of the signatures on report tickets. */
  ticketKey: Uint8Array;
  /** Where uploads lie until they are checked. */
  spoolDir: string;
  now: () => Date;
  randomBytes: (size: number) => Uint8Array;
  newId: () => string;
  log: Logger;
}

const QUEUE_TRIES = 3;
/** In a failed transaction, duplicate key, duplicate table, deadlock. */
const QUEUE_RACES: ReadonlySet<string> = new Set(['25P02', '23505', '42P07', '40P01']);

const derive = (secret: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32));

/** Reads the server's secret, made once with mode 0600. Several API machines must share the file. */
export async function readServerSecret(file: string): Promise<Uint8Array> {
  await mkdir(path.dirname(file), { recursive: true });
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(48).toString('base64url'));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  const secret = await readFile(file);
  if (secret.length < 32) {
    throw new SettingsError(
      `The setting SERVER_SECRET_FILE is not usable: the file holds ${secret.length} bytes and needs at least 32 random ones.`,
    );
  }
  return new Uint8Array(secret);
}

/** Which blob store the settings name, as data that may cross to a worker thread. */
export const blobSettings = (settings: Settings, spoolDir: string): BlobSettings =>
  settings.s3 === null
    ? { kind: 'filesystem', dir: path.join(settings.dataDir, 'blobs') }
    : { kind: 's3', ...settings.s3, kmsKeyId: settings.kmsKeyId ?? undefined, spoolDir };

/** Of several processes that make the queue at the same moment one or another is refused, and finds it made the next time. */
async function openQueuePatiently(options: QueueOptions): Promise<Queue> {
  for (let left = QUEUE_TRIES; ; left--) {
    try {
      return await openQueue(options);
    } catch (error) {
      if (left <= 1 || !QUEUE_RACES.has(systemCode(error) ?? '')) throw error;
    }
  }
}

/** The database brought to this version; the address that the server runs with, as the role without any privilege. */
async function openPostgres(settings: Settings, onOpen: (stop: () => Promise<void>) => void): Promise<string> {
  const { databaseUrl, databaseOwnerUrl } = settings;
  if (databaseUrl === null) {
    const embedded = await startEmbedded({ dir: path.join(settings.dataDir, 'postgres') });
    onOpen(embedded.stop);
    return embedded.appUrl;
  }
  const given = new URL(databaseUrl);
  const isApp = given.username === APP_ROLE;
  // The password of the role is the one that DATABASE_URL names, so that every process agrees on it.
  const { appUrl } = await prepareDatabase({
    ownerUrl: databaseOwnerUrl ?? databaseUrl,
    ...(isApp ? { appPassword: decodeURIComponent(given.password) } : {}),
  });
  return isApp ? databaseUrl : appUrl;
}

/**
 * Opens what the settings name: the database (embedded without `DATABASE_URL`), blobs, keys, queue. `close` gives all of it
 * back in reverse order. Throws `SettingsError` with a remedy where one is known.
 */
export async function openDeps(
  settings: Settings,
  log: Logger,
): Promise<{ deps: Deps; databaseUrl: string; close: () => Promise<void> }> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse())
      await closer().catch((error: unknown) => log.error('closing failed', { error }));
  };
  try {
    await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
    const spoolDir = path.join(settings.dataDir, 'spool', String(process.pid));
    await rm(spoolDir, { recursive: true, force: true });
    await mkdir(spoolDir, { recursive: true, mode: 0o700 });
    closers.push(() => rm(spoolDir, { recursive: true, force: true }));

    const secret = await readServerSecret(settings.serverSecretFile);
    const databaseUrl = await openPostgres(settings, (stop) => closers.push(stop));
    const { db, close: closeDatabase } = openDatabase(databaseUrl, {
      onAlarm: (message) => log.error('database alarm', { reason: message }),
    });
    closers.push(closeDatabase);

    const queue = await openQueuePatiently({
      url: databaseUrl,
      supervise: settings.role !== 'api',
      onError: (code) => log.error('queue error', { code }),
    });
    closers.push(() => queue.close());
    const deps: Deps = {
      settings,
      db,
      blobs: openBlobs(blobSettings(settings, spoolDir)),
      wrapper:
        settings.kmsKeyId === null
          ? createFileKeyWrapper({ file: settings.vaultKeyFile })
          : createKmsKeyWrapper({
              client: new KMSClient({ region: settings.s3?.region ?? 'us-east-1' }),
              keyId: settings.kmsKeyId,
            }),
      queue,
      pepper: derive(secret, 'hashes of keys and codes'),
      ticketKey: derive(secret, 'signatures of report tickets'),
      spoolDir,
      now: () => new Date(),
      randomBytes: (size) => randomBytes(size),
      newId: () => randomUUID(),
      log,
    };
    return { deps, databaseUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}
