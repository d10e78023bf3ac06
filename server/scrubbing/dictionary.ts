import type { DictionaryEntry } from '../pipeline/artifacts.ts';
import { writeForms } from './encodings.ts';
import { FormIndex, type IndexedForm } from './form-index.ts';
import { isPlaceholder, splitCompound, type Placeholders } from './placeholders.ts';
import type { Secret } from './span.ts';
import { isRandomLooking, mayPropagate } from './value-shape.ts';

const PART_MIN = 16;
const PREFIX_MIN = 12;
const PREFIX_OF_AT_LEAST = 24;

/** Forms of the entries that are searched for everywhere; `entry` is the position in `entries`. */
export function indexEntries(entries: readonly DictionaryEntry[]): FormIndex {
  const forms: IndexedForm[] = [];
  entries.forEach((entry, position) => {
    if (!entry.propagate) return;
    for (const form of writeForms(entry.value, entry.placeholder, entry.type)) {
      const raw = form.written === entry.value;
      const least = raw && mayBeCut(entry) ? PREFIX_MIN : form.written.length;
      forms.push({ ...form, least, entry: position });
    }
  });
  return new FormIndex(forms);
}

/** A generated value of one piece: its first twelve characters are as telling as the whole. */
const mayBeCut = (entry: DictionaryEntry): boolean =>
  entry.value.length >= PREFIX_OF_AT_LEAST &&
  entry.placeholder.length === entry.value.length &&
  /^[A-Za-z0-9]+$/.test(entry.value) &&
  !entry.value.startsWith('eyJ') &&
  isRandomLooking(entry.value.slice(0, PREFIX_MIN), PREFIX_MIN);

interface Dictionary {
  /** Adds a secret and its telling parts; false when it was known. */
  learn: (secret: Secret) => boolean;
  entries: () => DictionaryEntry[];
  /** The index over what is known now; built again only after something was learned. */
  index: () => FormIndex;
  entryAt: (position: number) => DictionaryEntry | undefined;
}

export function createDictionary(placeholders: Placeholders, known: readonly DictionaryEntry[]): Dictionary {
  const byValue = new Map<string, DictionaryEntry>(known.map((entry) => [entry.value, entry]));
  let list: DictionaryEntry[] = [];
  let index: FormIndex | null = null;

  function add(value: string, type: string, strong: boolean): boolean {
    if (value === '' || isPlaceholder(value)) return false;
    const before = byValue.get(value);
    const propagate = mayPropagate(value, type, strong);
    if (before !== undefined) {
      if (before.propagate || !propagate) return false;
      byValue.set(value, { ...before, propagate });
    } else {
      const placeholder = placeholders.for(value, type);
      if (placeholder === value) return false;
      byValue.set(value, { value, type, placeholder, propagate });
    }
    index = null;
    return true;
  }

  return {
    learn: ({ value, type, strong }) => {
      const parts = splitCompound(value) ?? (value.startsWith('eyJ') ? value.split('.').slice(1) : []);
      for (const part of parts) if (part.length >= PART_MIN && isRandomLooking(part, PART_MIN)) add(part, type, false);
      if (type === 'phone' && /^\+?1\d{10}$/.test(value.replaceAll(/[ ().-]/g, ''))) {
        add(value.replace(/\D/g, '').slice(1), type, true);
      }
      return add(value, type, strong);
    },
    entries: () => [...byValue.values()],
    index: () => {
      if (index === null) {
        list = [...byValue.values()];
        index = indexEntries(list);
      }
      return index;
    },
    entryAt: (position) => list[position],
  };
}
