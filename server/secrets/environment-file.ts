import { open } from 'node:fs/promises';
import { AppError, systemCode } from '../errors.ts';
import { parseProxySecrets, type SecretSource } from './source.ts';

const LINE = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/;
const unquote = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

function readLines(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, name, value] = LINE.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields[name] = unquote(value);
  }
  return fields;
}

/**
 * Reads `NAME=value` lines from a file that only its owner can read (mode 600 or narrower); a wider mode is refused. File
 * modes mean nothing on Windows and are not checked there.
 */
export function environmentFile(path: string, options: { platform: NodeJS.Platform }): SecretSource {
  const where = 'The proxy settings file';
  return {
    name: 'environment file',
    load: async () => {
      const file = await open(path, 'r').catch((error: unknown) => {
        throw new AppError('UNAVAILABLE', `${where} could not be opened (${systemCode(error) ?? 'unknown reason'}).`);
      });
      try {
        const { mode } = await file.stat();
        const shared = mode & 0o077;
        if (options.platform !== 'win32' && shared !== 0)
          throw new AppError(
            'UNAVAILABLE',
            `${where} can be read or changed by others (mode ${(mode & 0o777).toString(8)}). Set its mode to 600 and try again.`,
          );
        return parseProxySecrets(readLines(await file.readFile('utf8')), where);
      } finally {
        await file.close();
      }
    },
  };
}
