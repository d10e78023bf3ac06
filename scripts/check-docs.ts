import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STEP_IDS } from '#shared/events.ts';
import { trackedFiles } from './tracked-files.ts';

const PATH = /`((?:shared|server|extension|sdk|scripts|e2e|bench|docs|\.ci|\.github)\/[\w./-]*)`/g;
/** An absolute path of one machine, or the address of a package registry. */
const FOREIGN =
  /(?:^|[^\w.:/])\/(?:home|Users|root|work|mnt)\/[\w-]+\/|https?:\/\/[a-z.-]*(?:registry\.npmjs|deb\.debian)[a-z.-]*/;

/** Paths named in the documents that do not exist, a step diagram that differs from the list, and text that names a machine. */
export function checkDocs(root: string): string[] {
  const broken: string[] = [];
  const files = trackedFiles(root);
  for (const file of files.filter((name) => name.endsWith('.md'))) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, path = ''] of text.matchAll(PATH))
      if (!existsSync(join(root, path))) broken.push(`${file}: names ${path}, which does not exist`);
  }
  const architecture = join(root, 'ARCHITECTURE.md');
  const diagram = existsSync(architecture)
    ? /<!-- steps -->\s*```[a-z]*\n([\s\S]*?)```/.exec(readFileSync(architecture, 'utf8'))?.[1]
    : undefined;
  const drawn = [...(diagram ?? '').matchAll(/\[(\w+)\]/g)].map(([, id]) => id);
  if (drawn.join() !== STEP_IDS.join())
    broken.push(
      `ARCHITECTURE.md: its step diagram shows ${drawn.join(', ') || 'nothing'}; the list is ${STEP_IDS.join(', ')}`,
    );
  for (const file of files.filter(
    (name) =>
      /\.(?:md|tsx?|mjs|json|ya?ml)$/.test(name) && name !== 'pnpm-lock.yaml' && name !== 'scripts/check-docs.ts',
  )) {
    const line = readFileSync(join(root, file), 'utf8')
      .split('\n')
      .findIndex((text) => FOREIGN.test(text));
    if (line >= 0) broken.push(`${file}:${line + 1}: names a path of one machine or a package registry`);
  }
  return broken;
}
