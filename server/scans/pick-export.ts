import { z } from 'zod';
import type { ExportFile } from '../pipeline/artifacts.ts';
import { asScrubbed, type Scrubbed } from '../scrubbing/brand.ts';

const STARTERS = new Map([
  ['typescript', 'starter.ts'],
  ['python', 'starter.py'],
]);
/** The starter file of a language; undefined for a language that has none. */
export const starterPath = (language: string): string | undefined => STARTERS.get(language.toLowerCase());

const servers = z.object({ servers: z.array(z.object({ url: z.string() })) });

/** The file of that name, names compared without case. */
export function pickExport(files: Scrubbed<ExportFile[]>, path: string): Scrubbed<ExportFile> | undefined {
  const wanted = path.toLowerCase();
  const file = files.find((candidate) => candidate.path.toLowerCase() === wanted);
  return file === undefined ? undefined : asScrubbed(file);
}

function describes(file: ExportFile, origin: string): boolean {
  const document = servers.safeParse(JSON.parse(file.text));
  return document.success && document.data.servers.some(({ url }) => url === origin || url.startsWith(`${origin}/`));
}

/** The OpenAPI document of one API origin, or the first party's when `origin` is null. */
export function pickOpenApi(
  files: Scrubbed<ExportFile[]>,
  format: 'json' | 'yaml',
  origin: string | null,
): Scrubbed<ExportFile> | undefined {
  if (origin === null) return pickExport(files, `openapi.${format}`);
  const document = files.find((file) => /^openapi(\..+)?\.json$/.test(file.path) && describes(file, origin));
  return document === undefined ? undefined : pickExport(files, document.path.replace(/json$/, format));
}
