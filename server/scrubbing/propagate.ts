import type { FormIndex } from './form-index.ts';

/**
 * Rewrites every known form in a text. Overlapping finds are joined: the region from the first start to the last end is
 * replaced by the stand-ins in order. `onHit` gets the position of the entry.
 */
export function replaceKnown(text: string, index: FormIndex, onHit: (entry: number) => void): string {
  const matches = index.find(text);
  if (matches.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, form } of matches) {
    if (end <= at) continue;
    if (start > at || parts.length === 0) parts.push(text.slice(at, start));
    const cut = end - start < form.written.length;
    parts.push(cut ? form.replacement.slice(0, end - start) : form.replacement);
    onHit(form.entry);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
