import type { DictionaryEntry } from '../pipeline/artifacts.ts';
import { indexEntries } from './dictionary.ts';
import type { FormIndex } from './form-index.ts';

export interface Leak {
  type: string;
  count: number;
}

/** A detector over one dictionary, for callers that check many texts. */
export interface LeakGate {
  find: (text: string) => Leak[];
}

const lastGates = new WeakMap<readonly DictionaryEntry[], FormIndex>();

export function createLeakGate(dictionary: readonly DictionaryEntry[]): LeakGate {
  const index = lastGates.get(dictionary) ?? indexEntries(dictionary);
  lastGates.set(dictionary, index);
  return {
    find: (text) => {
      const counts = new Map<string, number>();
      let at = 0;
      for (const { start, end, form } of index.find(text)) {
        if (start < at) continue;
        at = end;
        const type = dictionary[form.entry]?.type ?? 'secret';
        counts.set(type, (counts.get(type) ?? 0) + 1);
      }
      return [...counts].map(([type, count]) => ({ type, count }));
    },
  };
}

/**
 * The second check at every exit: which types of known secrets are still readable in a text, in any of the ways of writing
 * that the scrubber replaces. Empty when the text may leave. Never returns a value or a place.
 */
export const findLeaks = (text: string, dictionary: readonly DictionaryEntry[]): Leak[] =>
  createLeakGate(dictionary).find(text);
