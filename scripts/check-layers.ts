import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';
import { OWNED_PACKAGES, OWNED_TEXT, ROOMS } from './layers.ts';
import { trackedFiles } from './tracked-files.ts';

const isSource = (file: string): boolean =>
  /^(?:shared|server|extension|sdk|scripts|e2e|bench)\/.*\.tsx?$/.test(file) &&
  !/\.(?:test|spec|case|soak)\.tsx?$|\.d\.ts$/.test(file);

/** The room a file belongs to: the longest matching prefix of the table. */
export function roomOf(file: string): string | null {
  let best: { name: string; length: number } | null = null;
  for (const [name, room] of Object.entries(ROOMS))
    for (const prefix of room.files)
      if (file.startsWith(prefix) && prefix.length > (best?.length ?? 0)) best = { name, length: prefix.length };
  return best?.name ?? null;
}

/** Specifiers of the imports that exist at run time. */
export function runtimeImports(file: string, text: string): string[] {
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    false,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const named =
        clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : null;
      const typeOnly =
        clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (!clause?.name && named !== null && named.length > 0 && named.every((element) => element.isTypeOnly));
      if (!typeOnly) found.push(node.moduleSpecifier.text);
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      !node.isTypeOnly
    ) {
      found.push(node.moduleSpecifier.text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) found.push(argument.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function targetFile(file: string, specifier: string): string | null {
  if (specifier.startsWith('#shared/') || specifier.startsWith('#server/')) return specifier.slice(1);
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : null;
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Every broken wall, one line each. */
export function findBrokenWalls(files: readonly string[], read: (file: string) => string): string[] {
  const broken: string[] = [];
  for (const file of files.filter(isSource)) {
    const name = roomOf(file);
    const room = name === null ? undefined : ROOMS[name];
    if (name === null || !room) {
      broken.push(`${file}: belongs to no room of scripts/layers.ts`);
      continue;
    }
    const text = read(file);
    for (const owned of OWNED_TEXT)
      if (owned.text.test(text) && !owned.files.some((prefix) => file.startsWith(prefix)))
        broken.push(`${file}: ${owned.what} belongs in ${owned.files[0] ?? 'no file'}`);
    for (const specifier of runtimeImports(file, text)) {
      const target = targetFile(file, specifier);
      if (target !== null) {
        const other = roomOf(target);
        const allowed =
          other === name ||
          other === 'shared' ||
          room.may.includes('*') ||
          (other !== null && room.may.includes(other));
        if (!allowed) broken.push(`${file}: ${name} may not import ${other ?? 'an unknown room'} (${specifier})`);
      } else if (!specifier.startsWith('node:')) {
        const owner = OWNED_PACKAGES.includes(packageOf(specifier));
        const claimed = room.packages.some(
          (claim) => packageOf(specifier) === claim || (claim === 'hono' && packageOf(specifier).startsWith('@hono/')),
        );
        if (!claimed && (owner || !room.packages.includes('*')) && !room.may.includes('*'))
          broken.push(`${file}: ${name} may not use the package ${packageOf(specifier)}`);
      }
    }
  }
  return broken;
}

export const checkLayers = (root: string): string[] =>
  findBrokenWalls(trackedFiles(root), (file) => readFileSync(join(root, file), 'utf8'));
