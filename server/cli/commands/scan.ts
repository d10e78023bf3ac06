import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer';
import { createReconClient } from '../../../sdk/client.ts';
import { findChromium } from '../../browsers/find-chromium.ts';
import { launchWithExtension, openPanel } from '../../browsers/launch.ts';
import { connectPanel, finishRecording, startRecording } from '../../browsers/drive-panel.ts';
import { CLIENT_NAME, connect, createPatientFetch, expectData, type Connection } from '../api-client.ts';
import { CommandError, UsageError, type Arguments, type Command, type CommandContext } from '../command.ts';
import { readConfig } from '../config.ts';
import { downloadExports } from '../download-exports.ts';
import { describeOutcome, exitCodeOf, followScan } from '../follow-scan.ts';
import { startOwnServer } from '../own-server.ts';
import { readScanWish, readTarget, SCAN_OPTIONS } from '../scan-options.ts';
import { writeFolder } from '../write-folder.ts';

const EXTENSION = fileURLToPath(new URL('../../../.output/chrome-mv3', import.meta.url));
const LOOK_MS = 1000;
const LOAD_MS = 60_000;

type Drive = (page: Page, params: unknown) => Promise<unknown>;

async function loadDrive(file: string, cwd: string): Promise<Drive> {
  const full = path.resolve(cwd, file);
  if (!existsSync(full)) throw new CommandError('SCRIPT', `${file} does not exist.`);
  const module: unknown = await import(pathToFileURL(full).href).catch((cause: unknown) => {
    throw new CommandError(
      'SCRIPT',
      `${file} cannot be loaded: ${cause instanceof Error ? cause.message : 'unknown reason'}`,
      { cause },
    );
  });
  const drive = typeof module === 'object' && module !== null && 'drive' in module ? module.drive : undefined;
  if (typeof drive !== 'function')
    throw new CommandError('SCRIPT', `${file} must export: async function drive(page, params)`);
  return (page, params) => {
    const done: unknown = Reflect.apply(drive, undefined, [page, params]);
    return Promise.resolve(done);
  };
}

function readParams(args: Arguments): unknown {
  try {
    return JSON.parse(args.text('params') ?? '{}');
  } catch {
    throw new UsageError('--params takes JSON, for example {"query":"chair"}');
  }
}

/** The server named or logged in to; else one of its own, when none is or when private hosts are to be allowed. */
async function openConnection(
  context: CommandContext,
  args: Arguments,
): Promise<{ connection: Connection; own: boolean; stop: () => Promise<void> }> {
  const config = await readConfig(context.host.configDir);
  const hosts = args.texts('allow-host');
  const isNamed = args.text('server') !== undefined || context.host.server !== null || config.server !== null;
  if (hosts.length > 0 && args.text('server') !== undefined) {
    throw new UsageError('--allow-host works only without --server: the command then starts a server of its own');
  }
  if (isNamed && hosts.length === 0)
    return { connection: await connect(context, args), own: false, stop: () => Promise.resolve() };
  context.terminal.pass('… server        starting');
  const own = await startOwnServer(hosts.length === 0 ? {} : { EGRESS_ALLOW_PRIVATE: hosts.join(',') });
  try {
    const fetch = createPatientFetch(context.signal);
    const anonymous = createReconClient({ server: own.url, client: CLIENT_NAME, fetch });
    const { key } = await expectData(anonymous.POST('/connect', { body: { code: own.code } }), own.url);
    const client = createReconClient({ server: own.url, key, client: CLIENT_NAME, fetch });
    return { connection: { client, key, server: own.url }, own: true, stop: own.stop };
  } catch (error) {
    await own.stop();
    throw error;
  }
}

const listIds = async ({ client, server }: Connection): Promise<string[]> =>
  (await expectData(client.GET('/scans', { params: { query: { limit: 100 } } }), server)).scans.map(
    ({ scanId }) => scanId,
  );

/** The scan that was not there before; the extension begins it when the server is reachable. */
async function findNewScan(
  context: CommandContext,
  connection: Connection,
  before: readonly string[],
): Promise<string> {
  for (;;) {
    const fresh: string[] = (await listIds(connection)).filter((id) => !before.includes(id));
    if (fresh[0] !== undefined) return fresh[0];
    await pause(LOOK_MS, undefined, { signal: context.signal });
  }
}

/** The browser stays until everything is uploaded and sealed. */
async function waitForSeal(context: CommandContext, { client, server }: Connection, scanId: string): Promise<void> {
  for (;;) {
    const scan = await expectData(client.GET('/scans/{id}', { params: { path: { id: scanId } } }), server);
    if (scan.status !== 'recording' && scan.status !== 'uploading') return;
    await pause(LOOK_MS, undefined, { signal: context.signal });
  }
}

async function record(
  context: CommandContext,
  args: Arguments,
  connection: Connection,
  target: string,
): Promise<string> {
  const { terminal } = context;
  const script = args.text('script');
  const drive = script === undefined ? null : await loadDrive(script, context.cwd);
  const params = readParams(args);
  const chromium = findChromium(context.host);
  if (chromium === null) {
    throw new CommandError(
      'CHROMIUM',
      'No Chromium or Chrome was found. Install Chromium, or set CHROME_PATH to the program.',
    );
  }
  if (!existsSync(path.join(EXTENSION, 'manifest.json'))) {
    throw new CommandError('EXTENSION', 'The extension is not built yet. Run npm start once, or: pnpm exec wxt build');
  }
  const wish = readScanWish(args);
  const profile = args.text('profile');
  const launched = await launchWithExtension({
    chromium,
    extension: EXTENSION,
    headless: args.is('headless'),
    ...(profile === undefined ? {} : { profile: path.resolve(context.cwd, profile) }),
  });
  const onAbort = (): void => void launched.close();
  context.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const { browser } = launched;
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    await page.goto(target, { waitUntil: 'load', timeout: LOAD_MS }).catch((cause: unknown) => {
      throw new CommandError('TARGET', `${target} could not be opened.`, { cause });
    });
    if (args.text('auth') === 'manual') {
      const answer = await terminal.ask(
        'Log in in the browser; nothing is recorded yet. Press Enter when you are done. ',
      );
      if (answer === null)
        throw new CommandError('AUTH', '--auth manual needs a terminal where you can say that you are done.');
    }
    const panel = await openPanel(launched, page);
    await connectPanel(panel, connection.server, connection.key);
    const before = await listIds(connection);
    await startRecording(panel, {
      intentText: wish.intentText,
      template: wish.starterTemplate,
      replay: wish.consent.replay,
      model: wish.consent.model,
      reload: true,
    });
    terminal.say('● recording');
    await page.bringToFront();
    if (drive === null) {
      terminal.warn('Recording. Browse as you always do, then press Finish in the panel.');
    } else {
      await drive(page, params).catch((cause: unknown) => {
        throw new CommandError(
          'SCRIPT',
          `${script} failed: ${cause instanceof Error ? cause.message : 'unknown reason'}`,
          { cause },
        );
      });
      await finishRecording(panel);
    }
    const scanId = await findNewScan(context, connection, before);
    await waitForSeal(context, connection, scanId);
    return scanId;
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    await launched.close();
  }
}

export const scanCommand: Command = {
  name: 'scan',
  usage:
    '<url> [--headless] [--script drive.mjs] [--params JSON] [--intent TEXT] [--template T] [--replay off|anonymous|session] [--model] ' +
    '[--auth manual|none] [--profile DIR] [--out DIR] [--allow-host HOST:PORT …]',
  summary:
    'Record a site in Chromium while you or a script browse, and follow its scan; you state that you are entitled to collect from it',
  options: {
    ...SCAN_OPTIONS,
    headless: { type: 'boolean' },
    script: { type: 'string' },
    params: { type: 'string' },
    auth: { type: 'string' },
    profile: { type: 'string' },
    out: { type: 'string' },
    'allow-host': { type: 'string', multiple: true },
  },
  positionals: 1,
  run: async (context, args) => {
    const target = readTarget(args.positionals[0] ?? '');
    readScanWish(args);
    readParams(args);
    if (args.is('headless') && args.text('script') === undefined) {
      throw new UsageError('--headless needs --script: nobody can browse in a window that is not shown');
    }
    if (!['manual', 'none', undefined].includes(args.text('auth'))) throw new UsageError('--auth takes manual or none');
    if (args.is('headless') && args.text('auth') === 'manual')
      throw new UsageError('--auth manual needs a window: leave --headless out');
    const { connection, own, stop } = await openConnection(context, args);
    try {
      const scanId = await record(context, args, connection, target);
      if (args.is('no-wait')) {
        context.terminal.result(scanId, { scanId });
        return 0;
      }
      const outcome = await followScan(context, connection, scanId);
      const out = args.text('out');
      if (out !== undefined && outcome.status === 'complete') {
        await writeFolder(
          path.resolve(context.cwd, out),
          await downloadExports(context, connection, outcome.reportUrl),
        );
      }
      if (own) context.terminal.say('The report is kept here; npm start shows it again at this address.');
      context.terminal.result(describeOutcome(outcome), outcome);
      return exitCodeOf(outcome);
    } finally {
      await stop();
    }
  },
};
