import { writeFile } from 'node:fs/promises';
import { generateSdkSchema } from './generate-sdk-schema.ts';

await writeFile(new URL('../../sdk/schema.d.ts', import.meta.url), await generateSdkSchema());
