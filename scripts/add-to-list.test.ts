import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addToList } from './add-to-list.ts';
import { ROOT } from './run-program.ts';
import { KINDS } from './scaffold-kinds.ts';

it.each(Object.entries(KINDS))('finds the place of a new %s in its list', (_kind, entry) => {
  const list = entry.list('brand-new');
  const before = readFileSync(join(ROOT, list.file), 'utf8');
  const after = addToList(before, list);
  expect(after).toContain(`\n${list.importLine}\n`);
  expect(after).toContain(list.insert);
  expect(after.length).toBeGreaterThan(before.length + list.importLine.length);
});

it('says so when a list does not look as expected', () => {
  expect(() => addToList('const x = 1;', { file: 'a.ts', importLine: 'i', before: '];', insert: 'x' })).toThrow(
    'a.ts has no "];"',
  );
});
