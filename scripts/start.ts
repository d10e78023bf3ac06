import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildExtension, EXTENSION_FOLDER } from './build-extension.ts';
import { performDemo } from './demo.ts';
import { startLocalServer } from './local-server.ts';
import { openForPerson } from './open-browser.ts';
import { ROOT } from './run-program.ts';
import { Remedy, runMain, say } from './say.ts';
import { ensureChromium } from './system-packages.ts';
import { waitForStop } from './wait-for-stop.ts';

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

await runMain(async () => {
  const options = readOptions();
  const stopAsked = waitForStop();
  const chromium = ensureChromium();
  say('Building the extension …');
  await buildExtension();
  const dataDir = process.env['DATA_DIR'] ?? join(ROOT, '.recon');
  const shop = options.demo ? await (await import('../e2e/sites/shop/server.ts')).startShop() : null;
  const server = await startLocalServer({
    dataDir,
    port: options.port,
    ...(shop && { allowPrivate: [new URL(shop.origin).host] }),
  });
  try {
    if (shop) {
      const passed = await performDemo({ server, shop, chromium, say });
      if (!options.keep || !passed) return passed ? 0 : 1;
    }
    const opened =
      !options.demo && options.open && hasDisplay()
        ? await openForPerson({ server, chromium, profile: join(dataDir, 'chromium') })
        : null;
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
    await stopAsked;
    say('Stopping …');
    await opened?.close();
    return 0;
  } finally {
    await server.stop();
    await shop?.close();
    say('Stopped.');
  }
});
