import { z } from 'zod';
import { CLIENT_NAME, createPatientFetch, type Connection } from './api-client.ts';
import { CommandError, type CommandContext } from './command.ts';
import type { FolderFile } from './write-folder.ts';

/** What `recon analyze` writes, by the name under which the report gives it. */
const FILES: readonly (readonly [route: string, path: string])[] = [
  ['report.json', 'report.json'],
  ['openapi.json', 'openapi.json'],
  ['openapi.yaml', 'openapi.yaml'],
  ['api.md', 'API.md'],
  ['capture.har', 'capture.har'],
  ['postman.json', 'postman.json'],
  ['mcp.json', 'mcp.json'],
  ['starter/typescript', 'starter.ts'],
  ['starter/python', 'starter.py'],
  ['report.html', 'report.html'],
];
const originsSchema = z.object({ origins: z.array(z.url()) });

/** Fetches every form of a finished report, one OpenAPI document an origin. */
export async function downloadExports(
  context: CommandContext,
  { key }: Connection,
  reportUrl: string,
): Promise<FolderFile[]> {
  const patient = createPatientFetch(context.signal);
  const load = async (route: string): Promise<string> => {
    const response = await patient(
      new Request(`${reportUrl}/${route}`, {
        headers: { Authorization: `Bearer ${key}`, 'X-Recon-Client': CLIENT_NAME },
      }),
    );
    if (!response.ok) throw new CommandError('EXPORT', `${route} could not be fetched (${response.status}).`);
    return response.text();
  };
  const files: FolderFile[] = [];
  for (const [route, path] of FILES) files.push({ path, text: await load(route) });
  const { origins } = originsSchema.parse(JSON.parse(files[0]?.text ?? '{}'));
  for (const origin of origins.slice(1)) {
    const host = new URL(origin).host.replace(/[^a-z0-9.-]+/gi, '_');
    for (const format of ['json', 'yaml']) {
      files.push({
        path: `openapi.${host}.${format}`,
        text: await load(`openapi.${format}?origin=${encodeURIComponent(origin)}`),
      });
    }
  }
  return files;
}
