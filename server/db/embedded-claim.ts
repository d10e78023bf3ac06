import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '../errors.ts';

/** A local address that only one process can listen on and that the system frees when the process dies. */
function addressOf(dir: string): string {
  const hash = createHash('sha256')
    .update(`${realpathSync(dir)}\n${process.getuid?.() ?? ''}`)
    .digest('hex');
  const name = `recon-${hash.slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return path.join(os.tmpdir(), `${name}.sock`);
}

const listen = (address: string) =>
  new Promise<Server | null>((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server));
  });

const isHeld = (address: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Makes this process the only one that uses `dir`. Throws `CONFLICT` when another one does. */
export async function claimFolder(dir: string): Promise<{ release: () => Promise<void> }> {
  const address = addressOf(dir);
  let server = await listen(address);
  if (!server && process.platform === 'darwin' && !(await isHeld(address))) {
    rmSync(address, { force: true });
    server = await listen(address);
  }
  if (!server)
    throw new AppError(
      'CONFLICT',
      'Another server is already running with this data folder. Stop it, or choose another folder.',
    );
  const held = server.unref();
  return {
    release: () =>
      new Promise((resolve) => {
        held.close(() => resolve());
      }),
  };
}
