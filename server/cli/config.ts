import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { systemCode } from '../errors.ts';
import { CommandError } from './command.ts';

const FILE = 'config.json';
const configSchema = z.object({
  version: z.literal(1),
  /** The server that is meant when none is named. */
  server: z.string().nullable(),
  keys: z.record(z.string(), z.string()),
});
export type Config = z.infer<typeof configSchema>;

/** The first form held one server and its key. */
const firstSchema = z.object({ server: z.string(), key: z.string() });
const anySchema = z.union([
  configSchema,
  firstSchema.transform(({ server, key }): Config => ({ version: 1, server, keys: { [server]: key } })),
]);

/** Reads the keys kept by `recon login`; an older form is understood, a missing file is an empty one. */
export async function readConfig(dir: string): Promise<Config> {
  const file = path.join(dir, FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { version: 1, server: null, keys: {} };
    throw new CommandError('CONFIG', `${file} cannot be read.`, { cause: error });
  }
  try {
    return anySchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CommandError('CONFIG', `${file} is damaged. Delete it and log in again: recon login`, { cause: error });
  }
}

/** Writes them back as a whole, readable by this user alone. */
export async function writeConfig(dir: string, config: Config): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, FILE);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
