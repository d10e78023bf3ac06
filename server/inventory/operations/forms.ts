import { readPairs } from '../address.ts';
import { plainValue } from './values.ts';

/** Names and values as an object; a repeated name becomes a list. */
export function formToObject(pairs: readonly (readonly [string, string | null])[]): Record<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, text] of pairs) {
    const value = plainValue(text ?? '');
    const before = fields.get(name);
    if (!fields.has(name)) fields.set(name, name.endsWith('[]') ? [value] : value);
    else fields.set(name, Array.isArray(before) ? [...(before as unknown[]), value] : [before, value]);
  }
  return Object.fromEntries(fields);
}

export const readUrlencoded = (text: string): Record<string, unknown> => formToObject(readPairs(text));

export interface Part {
  name: string;
  filename: string | null;
  mediaType: string | null;
  text: string;
}

/** The parts of a multipart body, told apart by the boundary of its header or its own first line. */
export function readMultipart(text: string, mimeType: string): Part[] {
  const named = /boundary="?([^";]+)"?/i.exec(mimeType)?.[1];
  const boundary = named ?? /^\s*--([^\r\n]+)/.exec(text)?.[1];
  if (boundary === undefined || boundary === '') return [];
  const parts: Part[] = [];
  for (const chunk of text.split(`--${boundary}`).slice(1, 1001)) {
    const match = /^\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*?)\r?\n?$/.exec(chunk);
    const head = match?.[1] ?? '';
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined) continue;
    parts.push({
      name,
      filename: /filename\*?="?([^";\r\n]*)"?/i.exec(head)?.[1] ?? null,
      mediaType: /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1]?.trim() ?? null,
      text: match?.[2] ?? '',
    });
  }
  return parts;
}
