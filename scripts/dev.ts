import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { packageScript, ROOT } from './run-program.ts';
import { runMain, say } from './say.ts';
import { startLocalServer, type LocalServer } from './local-server.ts';
import { waitForStop } from './wait-for-stop.ts';

const SETTLE_MS = 300;

/** Serves as `npm start` does; the server restarts when its files change, WXT rebuilds and reloads the extension. */
await runMain(async () => {
  const stop = waitForStop();
  const port = Number(process.env['PORT'] ?? 7717);
  const start = () => startLocalServer({ dataDir: process.env['DATA_DIR'] ?? join(ROOT, '.recon'), port });
  let server: LocalServer | null = await start();
  say(`Server ${server.url}, connect code ${await server.issueCode()}`);

  let timer: NodeJS.Timeout | undefined;
  let restarting: Promise<void> = Promise.resolve();
  const restart = async () => {
    await server?.stop();
    server = null;
    try {
      server = await start();
      say(`Restarted ${server.url}`);
    } catch (error) {
      say(
        `The server did not start: ${error instanceof Error ? error.message : String(error)}. Waiting for the next change.`,
      );
    }
  };
  const watchers = ['server', 'shared'].map((folder) =>
    watch(join(ROOT, folder), { recursive: true }, (_event, file) => {
      if (file === null || !/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        restarting = restarting.then(restart);
      }, SETTLE_MS);
    }),
  );
  const wxt = spawn(process.execPath, [packageScript('wxt/bin/wxt.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await stop.asked;
  say('Stopping …');
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  wxt.kill();
  await restarting;
  await server?.stop();
  return 0;
});
