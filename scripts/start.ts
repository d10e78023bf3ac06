import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildExtension, EXTENSION_FOLDER } from './build-extension.ts';
import { performDemo } from './demo.ts';
import { startLocalServer, type LocalServer } from './local-server.ts';
import { openForPerson } from './open-browser.ts';
import { ROOT } from './run-program.ts';
import { Remedy, runMain, say } from './say.ts';
import { ensureChromium } from './system-packages.ts';
import { waitForStop, type StopRequest } from './wait-for-stop.ts';

const USAGE = 'npm start -- [--demo [--keep]] [--port N] [--no-open]';

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        demo: { type: 'boolean' },
        keep: { type: 'boolean' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
      },
    });
    const port = Number(values.port ?? process.env['PORT'] ?? 7717);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`--port takes a number from 1 to 65535, not "${values.port}"`);
    return { demo: values.demo ?? false, keep: values.keep ?? false, open: !values['no-open'], port };
  } catch (error) {
    throw new Remedy(`${error instanceof Error ? error.message : String(error)}. Usage: ${USAGE}`);
  }
}

const hasDisplay = (): boolean =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** Says how to connect, opens Chromium where there is a display, and stays until it is told to stop. */
async function serve(
  server: LocalServer,
  options: ReturnType<typeof readOptions>,
  browser: { chromium: string; profile: string },
  stop: StopRequest,
): Promise<void> {
  const opened =
    !options.demo && options.open && hasDisplay() && !stop.isAsked()
      ? await openForPerson({ server, ...browser })
      : null;
  try {
    say('');
    say(`Server        ${server.url}`);
    if (!opened) say(`Connect code  ${await server.issueCode()}   (works once, for 5 minutes; restart to get another)`);
    say(`Extension     ${EXTENSION_FOLDER}`);
    say(
      opened
        ? '              loaded and connected in the Chromium that just opened: press its toolbar button on the page you want.'
        : '              In Chrome: chrome://extensions, Developer mode, Load unpacked, choose that folder, then its toolbar button.',
    );
    say('Ctrl-C stops everything; the data stays.');
    const fault = await Promise.race([stop.asked, server.gaveUp]);
    if (fault) throw fault;
    say('Stopping …');
  } finally {
    await opened?.close();
  }
}

await runMain(async () => {
  const options = readOptions();
  const stop = waitForStop();
  const chromium = ensureChromium();
  const dataDir = process.env['DATA_DIR'] ?? join(ROOT, '.recon');
  const shop = options.demo ? await (await import('../e2e/sites/shop/server.ts')).startShop() : null;
  let server: LocalServer | null = null;
  try {
    server = await startLocalServer({
      dataDir,
      port: options.port,
      prepare: async () => {
        say('Building the extension …');
        await buildExtension();
      },
      ...(shop && { allowPrivate: [new URL(shop.origin).host] }),
    });
    if (shop) {
      const passed = await performDemo({ server, shop, chromium, say });
      if (!options.keep || !passed) return passed ? 0 : 1;
    }
    await serve(server, options, { chromium, profile: join(dataDir, 'chromium') }, stop);
    return 0;
  } catch (error) {
    // Ctrl-C reaches everything that a terminal runs, so what was under way has failed with it.
    if (stop.isAsked()) return 0;
    throw error;
  } finally {
    await server?.stop();
    await shop?.close();
    if (server) say('Stopped.');
  }
});
