import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbedded, type Embedded } from './embedded.ts';

const PROCESS = fileURLToPath(new URL('../testing/embedded-process.ts', import.meta.url));
const settings = ['fsync=off'];

let dir: string;
let running: Embedded | null = null;
let homes: string[] = [];
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'recon-embedded-'));
});
afterEach(async () => {
  await running?.stop();
  running = null;
  for (const folder of [dir, ...homes]) rmSync(folder, { recursive: true, force: true });
  homes = [];
});

const start = async (): Promise<Embedded> => {
  running = await startEmbedded({ dir, settings });
  homes.push(running.home);
  return running;
};
const stop = async () => {
  await running?.stop();
  running = null;
};

async function ask(url: string, statement: string): Promise<unknown> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await client.unsafe(statement);
    return row?.['answer'];
  } finally {
    await client.end({ timeout: 2 });
  }
}

describe('embedded PostgreSQL', () => {
  it('keeps data, port and secrets from start to start', async () => {
    const first = await start();
    await ask(first.ownerUrl, 'create table kept as select 42 as answer');
    expect(await ask(first.appUrl, 'select current_user::text as answer')).toBe('recon_app');
    expect(statSync(path.join(dir, 'postgres.json')).mode & 0o077).toBe(0);
    await stop();
    const second = await start();
    expect(second).toMatchObject({ port: first.port, adopted: false, ownerUrl: first.ownerUrl, appUrl: first.appUrl });
    expect(await ask(second.ownerUrl, 'select answer from kept')).toBe(42);
    const wrong = new URL(second.ownerUrl);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1 as answer')).rejects.toMatchObject({ code: '28P01' });
  });

  it('refuses a second server on the same folder, and takes another port when its own is taken', async () => {
    const first = await start();
    await expect(startEmbedded({ dir, settings })).rejects.toMatchObject({ code: 'CONFLICT' });
    await stop();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(first.port, '127.0.0.1', resolve));
    const second = await start();
    expect(second.port).not.toBe(first.port);
    await new Promise((resolve) => squatter.close(resolve));
  });

  it('takes over what a killed process left running', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = await new Promise<number>((resolve) =>
      child.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))),
    );
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const taken = await start();
    expect(taken).toMatchObject({ adopted: true, port });
    await stop();
    expect((await start()).adopted).toBe(false);
  });

  it('says in one line that the disk is full', async () => {
    chmodSync(dir, 0o755);
    const error: unknown = await startEmbedded({ dir, freeBytes: () => 1_000_000 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'DISK_FULL' });
    expect(error instanceof Error && error.message).toMatch(/^The disk is full: 1 MB .* 300 MB.*\.$/);
  });

  it('writes no statement and no value into its log', async () => {
    const { ownerUrl, home } = await start();
    await ask(ownerUrl, `select 'canary-77aa'::int as answer`).catch(() => undefined);
    expect(readFileSync(path.join(home, 'postgres.log'), 'utf8')).not.toContain('canary-77aa');
  });
});
