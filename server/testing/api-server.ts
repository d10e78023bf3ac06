import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Actor } from '../accounts/actor.ts';
import { createKey } from '../accounts/create-key.ts';
import { openDeps, type Deps } from '../deps.ts';
import { readSettings } from '../env.ts';
import { createLogger } from '../logger.ts';
import { addAccount } from './sample-rows.ts';
import { createTestDatabase } from './postgres.ts';
import { startApiServer } from '../http/server.ts';

export interface TestCaller {
  accountId: string;
  key: string;
  keyId: string;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

export interface TestRequest {
  key?: string;
  headers?: Record<string, string>;
  json?: unknown;
  body?: Uint8Array<ArrayBuffer> | string | ReadableStream<Uint8Array>;
}

export interface TestServer {
  url: string;
  deps: Deps;
  /** Lines that the server logged, as one text. */
  logged: () => string;
  addCaller: (scopes?: Actor['scopes']) => Promise<TestCaller>;
  send: (method: string, where: string, request?: TestRequest) => Promise<TestAnswer>;
  /** Files that uploads left on disk. */
  spooled: () => Promise<string[]>;
  close: () => Promise<void>;
}

/** The real API on a port of its own, over a database and a folder of its own. `settings` go over the defaults. */
export async function startTestServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const dir = await mkdtemp(path.join(tmpdir(), 'recon-http-'));
  let logged = '';
  const log = createLogger({ level: 'info', destination: { write: (line) => void (logged += line) } });
  const opened = await openDeps(
    readSettings({
      ROLE: 'api',
      PORT: '0',
      DATA_DIR: dir,
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      REQUESTS_PER_MINUTE: '100000',
      REQUESTS_PER_MINUTE_IP: '100000',
      REQUESTS_PER_MINUTE_SLUG: '100000',
      CONNECTS_PER_MINUTE_IP: '1000',
      ...settings,
    }),
    log,
  );
  const { deps } = opened;
  const api = await startApiServer(deps);
  return {
    url: api.url,
    deps,
    logged: () => logged,
    addCaller: async (scopes = ['scan', 'session']) => {
      const accountId = await addAccount(deps.db, `account ${randomUUID()}`);
      const actor: Actor = { accountId, by: 'operator', scopes, requestId: null };
      const { key, id } = await createKey(deps, actor, { name: 'test', scopes });
      return { accountId, key, keyId: id };
    },
    send: async (method, where, { key, headers = {}, json, body } = {}) => {
      const answer = await fetch(new URL(where, api.url), {
        method,
        redirect: 'manual',
        headers: {
          ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(body === undefined ? {} : { body, ...(body instanceof ReadableStream ? { duplex: 'half' } : {}) }),
      });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json') === true;
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        json: isJson ? (JSON.parse(text) as unknown) : null,
      };
    },
    spooled: () => readdir(deps.spoolDir),
    close: async () => {
      await api.close();
      await opened.close();
      await database.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const NEW_SCAN = {
  targetUrl: 'https://shop.example/',
  intentText: 'products',
  starterTemplate: 'products',
  consent: { entitled: true, replay: 'off', model: false },
};

export const gapLine = (count: number): Record<string, unknown> => ({ k: 'gap', t: 1, reason: 'test', count });

/** Values as a gzip NDJSON segment, with its digest. */
export function packLines(lines: readonly unknown[]): {
  body: Uint8Array<ArrayBuffer>;
  sha256: string;
  headers: Record<string, string>;
} {
  return withDigest(Uint8Array.from(gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))));
}

export function withDigest(body: Uint8Array<ArrayBuffer>): {
  body: Uint8Array<ArrayBuffer>;
  sha256: string;
  headers: Record<string, string>;
} {
  const hash = createHash('sha256').update(body).digest();
  return {
    body,
    sha256: hash.toString('hex'),
    headers: { 'Content-Type': 'application/gzip', 'Content-Digest': `sha-256=:${hash.toString('base64')}:` },
  };
}
