import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  HOSTILE_TEXTS,
  buildHostileExchanges,
  buildHostileReport,
  buildShopExchanges,
  buildShopReport,
} from '../testing/report-fixture.ts';
import { EXPORTERS } from './index.ts';

const folder = new URL('.', import.meta.url);
const entries = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts' && name !== 'exporter.ts')
  .map((name) => name.replace(/\.ts$/, ''));

describe('EXPORTERS', () => {
  it('lists every file of the folder, each under its own name', () => {
    expect(EXPORTERS.map(({ id }) => id).sort()).toEqual(entries.sort());
  });

  it.each(entries)('%s has a test beside it', (id) => {
    expect(existsSync(new URL(`${id}.test.ts`, folder))).toBe(true);
  });

  it.each(EXPORTERS)(
    '$id writes the files it names, the same each time, from any report',
    ({ write, paths, mediaType }) => {
      const files = write(buildShopReport(), buildShopExchanges());
      expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining([...paths]));
      expect(files[0]).toMatchObject({ path: paths[0], mediaType });
      expect(write(buildShopReport(), buildShopExchanges())).toEqual(files);
      const empty = buildShopReport({ endpoints: [], origins: [], timeline: [], dependencies: [], starters: [] });
      expect(write(empty, buildShopExchanges()).map(({ path }) => path)).toEqual(expect.arrayContaining([...paths]));
    },
  );

  it('gives no two files one path, whatever the site calls its hosts', () => {
    for (const hostile of HOSTILE_TEXTS) {
      const files = EXPORTERS.flatMap(({ write }) =>
        write(buildHostileReport(hostile), buildHostileExchanges(hostile)),
      );
      const paths = files.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      for (const path of paths) expect(path).toMatch(/^[\w.-]+$/);
    }
  });
});
