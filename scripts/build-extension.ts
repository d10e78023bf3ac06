import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageScript, ROOT, runNode } from './run-program.ts';
import { Remedy } from './say.ts';

/** Folder of the built extension, to be loaded unpacked. */
export const EXTENSION_FOLDER = join(ROOT, '.output', 'chrome-mv3');

/** Builds the extension with WXT; answers its folder. */
export async function buildExtension(): Promise<string> {
  const code = await runNode(packageScript('wxt/bin/wxt.mjs'), ['build', '--level', 'warn'], {}, 'stderr');
  if (code !== 0 || !existsSync(join(EXTENSION_FOLDER, 'manifest.json')))
    throw new Remedy(`the extension could not be built (exit code ${code}); the lines above say why.`);
  return EXTENSION_FOLDER;
}
