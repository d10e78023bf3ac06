/** How an entry of one kind is written: its files, and its place in the one ordered list. */
export interface ScaffoldKind {
  title: string;
  /** Path from the project's folder → text. */
  files: (name: string) => Record<string, string>;
  /** The list file, the import to add, and what to put before `before`. */
  list: (name: string) => { file: string; importLine: string; before: string; insert: string };
  /** What is left to do by hand. */
  next: (name: string) => string[];
}

const camel = (name: string): string => name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
const pascalSpace = (name: string): string =>
  name.replace(/(^|[-_])(\w)/g, (_, gap: string, letter: string) => (gap ? ' ' : '') + letter.toUpperCase());

export const KINDS: Record<string, ScaffoldKind> = {
  step: {
    title: 'a pipeline step',
    files: (name) => ({
      [`server/pipeline/steps/${name}/index.ts`]: `import { defineStep } from '../../step.ts';
import { run } from './run.ts';

export const ${camel(name)}Step = defineStep({
  id: '${name}',
  version: 1,
  title: '${pascalSpace(name)}',
  reads: ['clean_inventory'],
  writes: [],
  ports: [],
  fatal: false,
  empty: () => ({}),
  run,
});
`,
      [`server/pipeline/steps/${name}/run.ts`]: `import { asScrubbed } from '../../../scrubbing/brand.ts';
import type { StepInput, StepOutput } from '../../step.ts';

export function run({ artifacts }: StepInput<'clean_inventory', never>): Promise<StepOutput<never>> {
  return Promise.resolve({ artifacts: {}, message: asScrubbed(\`\${artifacts.clean_inventory.endpoints.length} endpoints read\`) });
}
`,
      [`server/pipeline/steps/${name}/run.test.ts`]: testOf(name, `server/pipeline/steps/${name}/run.ts`),
    }),
    list: (name) => ({
      file: 'server/pipeline/steps.ts',
      importLine: `import { ${camel(name)}Step } from './steps/${name}/index.ts';`,
      before: '  renderStep,',
      insert: `  ${camel(name)}Step,`,
    }),
    next: (name) => [
      `add '${name}' to STEP_IDS in shared/events.ts at the same place`,
      'name what it writes in server/pipeline/artifacts.ts',
      'draw it in ARCHITECTURE.md',
      'npm run check names the tables that have a line a step',
    ],
  },
  vendor: {
    title: 'a protection vendor',
    files: (name) => ({
      [`server/protection/vendors/${name}.ts`]: `import type { Vendor } from '../signature.ts';

export const ${camel(name)}: Vendor = {
  id: '${name}',
  name: '${pascalSpace(name)}',
  category: 'waf',
  severity: { present: 2, active: 3 },
  meaning: {
    present: '${pascalSpace(name)} is on this site.',
    active: '${pascalSpace(name)} answered with a challenge or a block in this recording.',
  },
  signals: [{ id: 'server', place: 'response-header', name: /^x-${name}$/, weight: 60, source: 'report', seen: '${new Date().toISOString().slice(0, 7)}' }],
  combinations: [],
};
`,
    }),
    list: (name) => ({
      file: 'server/protection/signatures.ts',
      importLine: `import { ${camel(name)} } from './vendors/${name}.ts';`,
      before: '];',
      insert: `  ${camel(name)},`,
    }),
    next: () => ['replace the signal by what the vendor really sends, with its source and the month it was seen'],
  },
  client: {
    title: 'an HTTP client',
    files: (name) => ({
      [`server/clients/${name}.ts`]: `import type { HttpClient } from './client.ts';
import { undiciRequest } from './undici-request.ts';

export const ${camel(name)}: HttpClient = {
  id: '${name}',
  name: '${pascalSpace(name)}',
  looksLike: 'Node’s own TLS greeting, HTTP/1.1',
  protocols: ['http/1.1'],
  request: (request, proxyUrl, signal) => undiciRequest(request, proxyUrl, signal, false),
  available: () => Promise.resolve(true),
  close: () => Promise.resolve(),
};
`,
    }),
    list: (name) => ({
      file: 'server/clients/index.ts',
      importLine: `import { ${camel(name)} } from './${name}.ts';`,
      before: '];',
      insert: `, ${camel(name)}`,
    }),
    next: () => ['put it at its place in the list: the cheapest to run first', 'the contract suite runs it by itself'],
  },
  exporter: {
    title: 'a download format',
    files: (name) => ({
      [`server/exporters/${name}.ts`]: `import type { Exporter } from './exporter.ts';

export const ${camel(name)}Exporter: Exporter = {
  id: '${name}',
  title: '${pascalSpace(name)}',
  description: 'The endpoints, a line each.',
  paths: ['${name}.txt'],
  mediaType: 'text/plain; charset=utf-8',
  write: (report) => [
    {
      path: '${name}.txt',
      mediaType: 'text/plain; charset=utf-8',
      text: report.endpoints.map((endpoint) => \`\${endpoint.method} \${endpoint.template}\\n\`).join(''),
    },
  ],
};
`,
      [`server/exporters/${name}.test.ts`]: testOf(name, `server/exporters/${name}.ts`),
    }),
    list: (name) => ({
      file: 'server/exporters/index.ts',
      importLine: `import { ${camel(name)}Exporter } from './${name}.ts';`,
      before: '];',
      insert: `  ${camel(name)}Exporter,`,
    }),
    next: () => ['serve its path in server/http/routes/reports.ts when it is to be downloaded'],
  },
  route: {
    title: 'an API route',
    files: (name) => ({
      [`server/http/routes/${name}.ts`]: `import { createRoute, z } from '@hono/zod-openapi';
import { limitByAddress } from '../auth.ts';
import { jsonOf, newRouter, otherwise } from '../router.ts';

const read = createRoute({
  method: 'get',
  path: '/${name}',
  tags: ['${pascalSpace(name)}'],
  summary: '${pascalSpace(name)}',
  middleware: limitByAddress,
  responses: { 200: jsonOf('The answer', z.object({ ok: z.literal(true) })), ...otherwise },
});

export const ${camel(name)}Routes = newRouter().openapi(read, (c) => c.json({ ok: true as const }, 200));
`,
    }),
    list: (name) => ({
      file: 'server/http/routes.ts',
      importLine: `import { ${camel(name)}Routes } from './routes/${name}.ts';`,
      before: "  .route('/', reportRoutes);",
      insert: `  .route('/', ${camel(name)}Routes)`,
    }),
    next: () => [
      'describe its body in shared/api.ts',
      'the tests regenerate the client in sdk/ and say when it is out of date',
    ],
  },
};

function testOf(name: string, file: string): string {
  return `import { expect, it } from 'vitest';
import * as subject from './${file.split('/').at(-1) ?? ''}';

it('${name} is there', () => {
  expect(Object.keys(subject)).not.toEqual([]);
});
`;
}
