import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeClient } from './client.case.ts';
import { CLIENTS } from './index.ts';

for (const client of CLIENTS) describeClient(client);

test('every client file is in the list, and every id is its own', async () => {
  const folder = new URL('.', import.meta.url);
  const files = (await readdir(folder)).filter((name) => /^[a-z0-9-]+\.ts$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  const declared = texts.flatMap((text) => [...text.matchAll(/^export const \w+: HttpClient =/gm)]);
  expect(declared).toHaveLength(CLIENTS.length);
  expect(new Set(CLIENTS.map(({ id }) => id)).size).toBe(CLIENTS.length);
});
