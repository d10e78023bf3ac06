import pluralize from 'pluralize';
import { TECHNICAL_WORDS, VOCABULARY } from './vocabulary.ts';

const PAIRS: ReadonlySet<string> = new Set(
  [...VOCABULARY].flatMap((word) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))),
);

/** Share of letter pairs that no known word has; 0 reads like a word, above 0.3 like a random token. */
export function strangeness(letters: string): number {
  const text = letters.toLowerCase();
  if (text.length < 2) return 0;
  let strange = 0;
  for (let at = 0; at + 1 < text.length; at++) if (!PAIRS.has(text.slice(at, at + 2))) strange++;
  const vowels = /[aeiouy]/.test(text) || text.length <= 3 ? 0 : 0.4;
  return strange / (text.length - 1) + vowels;
}

const known = new Map<string, boolean>();

/** In the vocabulary, in singular or plural. */
export function isKnownWord(token: string): boolean {
  const word = token.toLowerCase();
  let answer = known.get(word);
  if (answer === undefined) {
    answer =
      VOCABULARY.has(word) ||
      TECHNICAL_WORDS.has(word) ||
      (word.length > 3 && /^[a-z]+$/.test(word) && VOCABULARY.has(pluralize.singular(word)));
    if (known.size < 20_000) known.set(word, answer);
  }
  return answer;
}

/** Letters only, and they read like a word of some language. */
export const readsLikeWord = (token: string): boolean =>
  isKnownWord(token) || (/^[A-Za-z]{2,}$/.test(token) && strangeness(token) <= 0.2);

/** `mergeRequests2_list-all` → merge, Requests, 2, list, all. */
export function splitWords(text: string): string[] {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((part) => part !== '');
}

/** The last word of a segment says a plural: `merge_requests`, `virtualMachines`, `people`. */
export function namesCollection(segment: string): boolean {
  const last = splitWords(segment).at(-1)?.toLowerCase() ?? '';
  if (last.length < 3 || !/^[a-z]+$/.test(last)) return false;
  return (
    pluralize.isPlural(last) &&
    (!pluralize.isSingular(last) || /^(people|media|data|series|news|inventory)$/.test(last))
  );
}

/** `merge_requests` → `mergeRequest`, `private-locations` → `privateLocation`. */
export function singularName(segment: string): string {
  const parts = splitWords(segment).filter((part) => /[A-Za-z]/.test(part));
  if (parts.length === 0) return '';
  const lower = parts.map((part) => part.toLowerCase());
  lower[lower.length - 1] = pluralize.singular(lower.at(-1) ?? '');
  return lower.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('');
}
