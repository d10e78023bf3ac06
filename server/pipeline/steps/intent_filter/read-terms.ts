import pluralize from 'pluralize';
import { eng, removeStopwords } from 'stopword';
import type { StarterTemplate } from '#shared/api.ts';
import { splitWords } from '#server/inventory/paths/word-likeness.ts';
import { INTENT_FILLERS, SYNONYMS, WRITE_WORDS } from './synonyms.ts';
import { TEMPLATES } from './templates.ts';

/** One thing the user asked for. */
export interface Term {
  /** As the user (or the template) wrote it. */
  text: string;
  /** Stems that mean it, its own first with weight 1, synonyms less. */
  stems: ReadonlyMap<string, number>;
  /** 1 for the user's own words, less for the template's fields. */
  weight: number;
}

export interface Wishes {
  terms: Term[];
  /** The intent asks to change something on the site. */
  writes: boolean;
}

const stems = new Map<string, string>();

/** `Reviews`, `reviewed`, `reviewing` → `review`. */
export function stemOf(word: string): string {
  const lower = word.toLowerCase();
  const kept = stems.get(lower);
  if (kept !== undefined) return kept;
  let stem = /^[a-z]{3,}$/.test(lower) ? pluralize.singular(lower) : lower;
  if (stem.length > 6) stem = stem.replace(/(?:ing|ed)$/, '');
  if (stem.length > 4) stem = stem.replace(/(?:ies|y|e)$/, (end) => (end === 'e' ? '' : 'i'));
  if (stems.size < 50_000) stems.set(lower, stem);
  return stem;
}

export const stemsOf = (text: string): string[] => splitWords(text).map(stemOf);

const groups = new Map<string, Set<string>>();
for (const group of SYNONYMS) {
  const all = group.map(stemOf);
  for (const stem of all) {
    const known = groups.get(stem) ?? new Set<string>();
    for (const other of all) known.add(other);
    groups.set(stem, known);
  }
}

const SYNONYM_WEIGHT = 0.7;

function makeTerm(text: string, weight: number): Term {
  const own = stemsOf(text);
  const meaning = new Map<string, number>();
  for (const stem of own) for (const other of groups.get(stem) ?? []) meaning.set(other, SYNONYM_WEIGHT);
  for (const stem of own) meaning.set(stem, 1);
  return { text, stems: meaning, weight };
}

const FIELD_WEIGHT = 0.4;

/** The words of the intent that name data, then the fields of the template that the intent does not already name. */
export function readTerms(intentText: string, template: StarterTemplate): Wishes {
  const words = intentText.normalize('NFKC').match(/[\p{L}\p{N}][\p{L}\p{N}_-]*/gu) ?? [];
  const lower = words.map((word) => word.toLowerCase());
  const telling = removeStopwords(lower, eng).filter((word) => word.length > 1 && !INTENT_FILLERS.has(word));
  const terms: Term[] = [];
  const named = new Set<string>();
  const take = (text: string, weight: number): void => {
    const stem = stemsOf(text).join(' ');
    if (stem === '' || named.has(stem)) return;
    named.add(stem);
    terms.push(makeTerm(text, weight));
  };
  for (const word of telling) take(word, 1);
  const fields = TEMPLATES.find(({ id }) => id === template)?.fields ?? [];
  const first = telling.length === 0;
  fields.forEach((field, at) => take(field, first && at === 0 ? 1 : FIELD_WEIGHT));
  return { terms, writes: lower.some((word) => WRITE_WORDS.has(word)) };
}
