import { connectPanel, readTestId } from '#server/browsers/drive-panel.ts';
import { launchWithExtension, openPanel, type ExtensionBrowser } from '#server/browsers/launch.ts';
import { EXTENSION_FOLDER } from './build-extension.ts';
import type { LocalServer } from './local-server.ts';
import { say } from './say.ts';

/** Opens Chromium for a person, the extension loaded and connected; null, with the reason said, when that is not possible. */
export async function openForPerson(options: {
  server: LocalServer;
  chromium: string;
  profile: string;
}): Promise<ExtensionBrowser | null> {
  try {
    say('Opening Chromium …');
    const opened = await launchWithExtension({
      chromium: options.chromium,
      extension: EXTENSION_FOLDER,
      headless: false,
      profile: options.profile,
    });
    const [page = await opened.browser.newPage()] = await opened.browser.pages();
    const panel = await openPanel(opened, page);
    if ((await readTestId(panel, ['connect-secret', 'intent'])) === 'connect-secret')
      await connectPanel(panel, options.server.url, await options.server.issueCode());
    return opened;
  } catch (error) {
    say(
      `Chromium could not be opened (${error instanceof Error ? error.message : String(error)}). Load the extension by hand instead.`,
    );
    return null;
  }
}
