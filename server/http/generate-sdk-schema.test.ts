import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generateSdkSchema } from './generate-sdk-schema.ts';

it('is what the SDK holds', async () => {
  const held = await readFile(new URL('../../sdk/schema.d.ts', import.meta.url), 'utf8');
  expect(held, 'run: pnpm --filter @browser-recon/sdk generate').toBe(await generateSdkSchema());
});
