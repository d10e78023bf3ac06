import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import puppeteer, { type Browser, type Extension, type Page } from 'puppeteer';
import { AppError } from '../errors.ts';

export interface LaunchOptions {
  /** The program. */
  chromium: string;
  /** Folder of the built extension. */
  extension: string;
  headless: boolean;
  /** Kept profile; without one a fresh profile is made and removed. */
  profile?: string;
  args?: readonly string[];
  /** False keeps puppeteer's own network observation off, which costs the page time. */
  networkEnabled?: boolean;
  /** False leaves service workers alone: one that puppeteer watches never goes to sleep. */
  watchWorkers?: boolean;
}

export interface ExtensionBrowser {
  browser: Browser;
  extensionId: string;
  /** Ends the browser and removes a profile that was made for it. */
  close: () => Promise<void>;
}

/** Nothing of the browser's own calls home, asks or updates. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--metrics-recording-only',
];
const PROTOCOL_TIMEOUT_MS = 120_000;
const EXTENSION_WAIT_MS = 10_000;
const POLL_MS = 50;
const PANEL_WAIT_MS = 20_000;
const TRY_AGAIN_MS = 2_000;
const PANEL = /\/sidepanel\.html(?:$|[?#])/;

/** As root Chromium runs only without its sandbox. */
const sandboxFlags = (): string[] => (process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** The loaded extension; the browser lists it a moment after it answered that it installed it. */
async function findExtension(browser: Browser): Promise<Extension | undefined> {
  const deadline = performance.now() + EXTENSION_WAIT_MS;
  for (;;) {
    const [extension] = (await browser.extensions()).values();
    if (extension !== undefined || performance.now() > deadline) return extension;
    await setTimeout(POLL_MS);
  }
}

/** Starts Chromium over a pipe with the extension loaded. */
export async function launchWithExtension(options: LaunchOptions): Promise<ExtensionBrowser> {
  const made = options.profile === undefined ? await mkdtemp(path.join(tmpdir(), 'recon-profile-')) : null;
  const userDataDir = options.profile ?? made ?? tmpdir();
  const removeMade = async (): Promise<void> => {
    if (made !== null) await rm(made, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    const browser = await puppeteer.launch({
      executablePath: options.chromium,
      headless: options.headless,
      pipe: true,
      userDataDir,
      defaultViewport: null,
      protocolTimeout: PROTOCOL_TIMEOUT_MS,
      enableExtensions: [options.extension],
      networkEnabled: options.networkEnabled ?? true,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [...QUIET, ...sandboxFlags(), ...(options.args ?? [])],
      ...(options.watchWorkers === false
        ? { targetFilter: (target) => String(target.type()) !== 'service_worker' }
        : {}),
    });
    const close = async (): Promise<void> => {
      await browser.close().catch(() => browser.process()?.kill('SIGKILL'));
      await removeMade();
    };
    const extension = await findExtension(browser);
    if (extension === undefined) {
      await close();
      throw new AppError(
        'UNAVAILABLE',
        'This browser does not load extensions. Install Chromium, or set CHROME_PATH to it.',
      );
    }
    return { browser, extensionId: extension.id, close };
  } catch (error) {
    await removeMade();
    throw error;
  }
}

/** Opens the real side panel beside `page`, as a click on the toolbar icon does, and returns it as a page. */
export async function openPanel({ browser }: Pick<ExtensionBrowser, 'browser'>, page: Page): Promise<Page> {
  const deadline = performance.now() + PANEL_WAIT_MS;
  const [extension] = (await browser.extensions()).values();
  if (extension === undefined) throw new AppError('UNAVAILABLE', 'No extension is loaded in this browser.');
  await page.bringToFront();
  while (performance.now() < deadline) {
    const panel = (await extension.pages()).find((candidate) => PANEL.test(candidate.url()));
    if (panel !== undefined) return panel;
    await extension.triggerAction(page);
    await browser.waitForTarget((target) => PANEL.test(target.url()), { timeout: TRY_AGAIN_MS }).catch(() => undefined);
  }
  throw new AppError('UNAVAILABLE', 'The side panel did not open within 20 s.');
}
