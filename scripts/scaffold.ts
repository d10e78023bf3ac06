import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageScript, ROOT, runNode } from './run-program.ts';
import { Remedy, runMain, say } from './say.ts';
import { addToList } from './add-to-list.ts';
import { KINDS } from './scaffold-kinds.ts';

const USAGE = `npm run new -- <${Object.keys(KINDS).join('|')}> <name>`;

await runMain(async () => {
  const [kindName = '', name = ''] = process.argv.slice(2);
  const kind = KINDS[kindName];
  if (!kind || !/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/.test(name))
    throw new Remedy(`give a kind and a name in small letters with hyphens. Usage: ${USAGE}`);
  const files = kind.files(name);
  for (const file of Object.keys(files))
    if (existsSync(join(ROOT, file))) throw new Remedy(`${file} exists already; nothing was written.`);
  const list = kind.list(name);
  const listText = addToList(readFileSync(join(ROOT, list.file), 'utf8'), list);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true });
    writeFileSync(join(ROOT, file), text);
    say(`wrote  ${file}`);
  }
  writeFileSync(join(ROOT, list.file), listText);
  say(`listed ${list.file}`);
  await runNode(packageScript('prettier/bin/prettier.cjs'), [
    '--write',
    '--log-level',
    'warn',
    list.file,
    ...Object.keys(files),
  ]);
  for (const line of kind.next(name)) say(`next   ${line}`);
  return 0;
});
