/**
 * The import table: what a room may import directly (type-only imports are free). `files` are path prefixes, the longest
 * match wins. `may` names rooms; every room may import itself and `shared`. `packages` are the npm packages it may use
 * (`*` for any not claimed in `OWNED_PACKAGES`).
 */
export interface Room {
  files: readonly string[];
  may: readonly string[];
  packages: readonly string[];
}

export const ROOMS: Record<string, Room> = {
  shared: { files: ['shared/'], may: [], packages: ['zod'] },

  'extension-entry': {
    files: ['extension/entrypoints/'],
    may: ['extension-panel', 'extension-capture', 'extension-upload', 'extension-messages'],
    packages: ['*'],
  },
  'extension-messages': { files: ['extension/messages.ts'], may: [], packages: ['zod'] },
  'extension-panel': { files: ['extension/panel/'], may: ['extension-messages'], packages: ['*'] },
  'extension-capture': { files: ['extension/capture/'], may: ['extension-messages'], packages: ['*'] },
  'extension-upload': { files: ['extension/upload/'], may: ['extension-messages'], packages: ['*'] },

  sdk: { files: ['sdk/'], may: [], packages: ['openapi-fetch'] },

  main: { files: ['server/main.ts', 'server/deps.ts'], may: ['*'], packages: ['*'] },
  base: { files: ['server/errors.ts', 'server/env.ts', 'server/logger.ts'], may: ['scrubbing'], packages: ['*'] },
  http: {
    files: ['server/http/'],
    may: ['base', 'scans', 'accounts', 'steps', 'report', 'exporters', 'scrubbing', 'deps'],
    packages: ['*', 'hono'],
  },
  scans: {
    files: ['server/scans/'],
    may: ['base', 'accounts', 'db', 'blobs', 'jobs', 'scrubbing', 'pipeline'],
    packages: ['*', 'drizzle-orm'],
  },
  accounts: { files: ['server/accounts/'], may: ['base', 'db'], packages: ['*', 'drizzle-orm'] },
  jobs: {
    files: ['server/jobs/'],
    may: ['base', 'db', 'blobs', 'pipeline', 'scrubbing', 'egress', 'model', 'secrets'],
    packages: ['*', 'drizzle-orm'],
  },
  pipeline: {
    files: ['server/pipeline/'],
    may: ['base', 'db', 'blobs', 'steps', 'scrubbing', 'egress', 'model', 'secrets'],
    packages: ['*', 'drizzle-orm'],
  },
  steps: {
    files: ['server/pipeline/steps/', 'server/pipeline/step.ts', 'server/pipeline/artifacts.ts'],
    may: ['base', 'inventory', 'protection', 'scrubbing', 'clients', 'exporters', 'report'],
    packages: ['*'],
  },
  inventory: { files: ['server/inventory/'], may: ['base'], packages: ['*'] },
  'protection-vendors': { files: ['server/protection/vendors/'], may: ['protection-signature'], packages: [] },
  'protection-signature': { files: ['server/protection/signature.ts'], may: [], packages: ['zod'] },
  protection: {
    files: ['server/protection/'],
    may: ['base', 'protection-vendors', 'protection-signature'],
    packages: ['*'],
  },
  scrubbing: { files: ['server/scrubbing/'], may: ['base'], packages: ['*'] },
  egress: { files: ['server/egress/'], may: ['base'], packages: ['*'] },
  secrets: { files: ['server/secrets/'], may: ['base'], packages: ['*'] },
  clients: { files: ['server/clients/'], may: ['base', 'browsers', 'egress', 'protection'], packages: ['*'] },
  model: { files: ['server/model/'], may: ['base', 'scrubbing'], packages: ['*', '@anthropic-ai/sdk'] },
  exporters: { files: ['server/exporters/'], may: ['base'], packages: ['*'] },
  report: { files: ['server/report/'], may: ['base', 'exporters'], packages: ['*', 'hono'] },
  browsers: { files: ['server/browsers/'], may: ['base'], packages: ['*'] },
  blobs: { files: ['server/blobs/'], may: ['base'], packages: ['*'] },
  db: { files: ['server/db/'], may: ['base'], packages: ['*', 'drizzle-orm'] },
  cli: { files: ['server/cli/'], may: ['base', 'sdk', 'pipeline', 'scrubbing', 'browsers'], packages: ['*'] },
  testing: { files: ['server/testing/'], may: ['*'], packages: ['*', 'drizzle-orm', 'hono'] },
  scripts: { files: ['scripts/'], may: ['browsers', 'base', 'db', 'e2e', 'sdk', 'steps', 'cli'], packages: ['*'] },
  e2e: { files: ['e2e/'], may: ['*'], packages: ['*'] },
  bench: { files: ['bench/'], may: ['*'], packages: ['*'] },
};

/** Packages that only the rooms naming them may import (subpaths included). */
export const OWNED_PACKAGES: readonly string[] = ['drizzle-orm', 'hono', '@hono/zod-openapi', '@anthropic-ai/sdk'];

/** Text that only these files may hold. */
export const OWNED_TEXT: readonly { text: RegExp; what: string; files: readonly string[] }[] = [
  {
    text: /\bprocess\.env\b/,
    what: 'process.env',
    files: [
      'server/env.ts',
      'server/testing/',
      'server/db/embedded',
      'scripts/',
      'e2e/',
      'bench/',
      'drizzle.config.ts',
    ],
  },
  {
    text: /\b(?:chrome|browser)\.debugger\b/,
    what: 'the debugger API',
    files: ['extension/capture/debugger-session.ts'],
  },
];
