import { describe, expect, it } from 'vitest';
import { findBrokenWalls, roomOf, runtimeImports } from './check-layers.ts';

const check = (files: Record<string, string>) => findBrokenWalls(Object.keys(files), (file) => files[file] ?? '');

describe('layer rules', () => {
  it('lets a room import itself, shared and what its row names', () => {
    expect(
      check({
        'server/scans/create-scan.ts': `import { a } from '../db/client.ts'; import { b } from '#shared/ids.ts'; import { c } from './x.ts';`,
        'server/exporters/har.ts': `import { stringify } from 'yaml';`,
      }),
    ).toEqual([]);
  });

  it('refuses an import upward, whatever its spelling', () => {
    expect(
      check({
        'server/inventory/a.ts': `import { db } from '../db/client.ts';`,
        'server/pipeline/steps/analysis/run.ts': `import { db } from '#server/db/client.ts';`,
        'server/exporters/b.ts': `export { x } from '../pipeline/runner.ts';`,
        'shared/c.ts': `const x = await import('../server/env.ts');`,
      }),
    ).toEqual([
      'server/inventory/a.ts: inventory may not import db (../db/client.ts)',
      'server/pipeline/steps/analysis/run.ts: steps may not import db (#server/db/client.ts)',
      'server/exporters/b.ts: exporters may not import pipeline (../pipeline/runner.ts)',
      'shared/c.ts: shared may not import main (../server/env.ts)'.replace('main', 'base'),
    ]);
  });

  it('keeps owned packages and owned text in their rooms', () => {
    expect(
      check({
        'server/http/routes/a.ts': `import { eq } from 'drizzle-orm';`,
        'server/clients/b.ts': `const proxy = process.env.HTTP_PROXY;`,
        'extension/panel/c.ts': `chrome.debugger.attach({ tabId: 1 }, '1.3');`,
        'shared/d.ts': `import lodash from 'lodash';`,
      }),
    ).toEqual([
      'server/http/routes/a.ts: http may not use the package drizzle-orm',
      'server/clients/b.ts: process.env belongs in server/env.ts',
      'extension/panel/c.ts: the debugger API belongs in extension/capture/debugger-session.ts',
      'shared/d.ts: shared may not use the package lodash',
    ]);
  });

  it('lets types pass every wall', () => {
    expect(
      runtimeImports(
        'a.ts',
        `import type { A } from 'a'; import { type B } from 'b'; import { type C, d } from 'c'; import 'e';`,
      ),
    ).toEqual(['c', 'e']);
  });

  it('reports a file outside every room', () => {
    expect(roomOf('server/utils/x.ts')).toBeNull();
    expect(check({ 'server/utils/x.ts': '' })).toEqual(['server/utils/x.ts: belongs to no room of scripts/layers.ts']);
  });
});
