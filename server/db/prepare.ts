import { createHmac, pbkdf2Sync, createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { safely } from './database-error.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
/** Any number that no other program on the same database uses for its advisory locks. */
const MIGRATION_LOCK = 727_001_553;
export const APP_ROLE = 'recon_app';

const hmac = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();

/** What PostgreSQL stores for a password, so that the password itself reaches neither statement nor server log. */
function scramVerifier(password: string, salt: Uint8Array): string {
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const stored = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64');
  const server = hmac(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${Buffer.from(salt).toString('base64')}$${stored}:${server}`;
}

/** The address of the same database for the role the server runs as. */
export function appUrlOf(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = APP_ROLE;
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Each owner gives one password for `recon_app`: machines that share the owner's address agree without storing another. */
const derivedPassword = (ownerUrl: string) =>
  createHmac('sha256', decodeURIComponent(new URL(ownerUrl).password))
    .update('password of recon_app')
    .digest('base64url');

/**
 * Brings a database to this version: migrations under an advisory lock (any number of processes may call it at once), role
 * `recon_app` with its password. An address that already names `recon_app` is taken as prepared. Returns the address that
 * the server runs with.
 */
export async function prepareDatabase(options: {
  ownerUrl: string;
  appPassword?: string;
}): Promise<{ appUrl: string }> {
  const { ownerUrl } = options;
  if (new URL(ownerUrl).username === APP_ROLE) return { appUrl: ownerUrl };
  const password = options.appPassword ?? derivedPassword(ownerUrl);
  const salt = createHash('sha256').update(`salt ${password}`).digest().subarray(0, 16);
  const client = postgres(ownerUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await safely(async () => {
      await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
      await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS });
      await client.unsafe(`alter role ${APP_ROLE} password '${scramVerifier(password, salt)}'`);
      await client`select pg_advisory_unlock(${MIGRATION_LOCK})`;
    });
  } finally {
    await client.end({ timeout: 5 });
  }
  return { appUrl: appUrlOf(ownerUrl, password) };
}
