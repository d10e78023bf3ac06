import { Remedy } from './say.ts';

/** Adds an import after the last one and an entry before `before`. Throws when the list does not look as expected. */
export function addToList(
  text: string,
  list: { file: string; importLine: string; before: string; insert: string },
): string {
  const at = text.lastIndexOf(list.before);
  const imports = [...text.matchAll(/^import .*;$/gm)];
  const last = imports.at(-1);
  if (at < 0 || !last)
    throw new Remedy(`${list.file} has no "${list.before.trim()}" to write before; add the entry by hand.`);
  const separator = list.insert.startsWith(',') ? '' : '\n';
  const withEntry = `${text.slice(0, at)}${list.insert}${separator}${text.slice(at)}`;
  const end = last.index + last[0].length;
  return `${withEntry.slice(0, end)}\n${list.importLine}${withEntry.slice(end)}`;
}
