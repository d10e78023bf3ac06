import { isBoundaryAfter, isBoundaryBefore } from './boundary.ts';

export interface IndexedForm {
  written: string;
  bounded: boolean;
  /** Characters that must match; the rest of `written` may be cut short. The whole length when the form has no short form. */
  least: number;
  /** Position of the entry this form belongs to. */
  entry: number;
  replacement: string;
}

export interface Match {
  start: number;
  end: number;
  form: IndexedForm;
}

const BLOCK = 3;
const WINDOW = 8;
const BITS = 18;

const blockHash = (text: string, at: number): number =>
  ((text.charCodeAt(at) * 0x9e3b + text.charCodeAt(at + 1) * 0x85eb + text.charCodeAt(at + 2) * 0x27d5) >>> 0) &
  ((1 << BITS) - 1);

/**
 * Finds any of many strings in one pass. A table of three-character blocks tells how far the search may jump; forms whose
 * first characters end in the block are compared, the longest first. The time is linear in the text: a form is compared at
 * most once at a place.
 */
export class FormIndex {
  readonly #lanes: Lane[];
  readonly size: number;

  constructor(forms: readonly IndexedForm[]) {
    const long = forms.filter((form) => form.least >= WINDOW);
    const short = forms.filter((form) => form.least < WINDOW && form.least >= 6);
    this.#lanes = [new Lane(long, WINDOW), new Lane(short, 6)].filter((lane) => lane.size > 0);
    this.size = forms.length;
  }

  /** Matches from left to right; an overlapping later match is joined to the one before it. */
  find(text: string): Match[] {
    if (this.#lanes.length === 0) return [];
    if (this.#lanes.length === 1) return this.#lanes[0]?.find(text) ?? [];
    const all = this.#lanes.flatMap((lane) => lane.find(text));
    all.sort((a, b) => a.start - b.start || b.end - a.end);
    return all;
  }
}

class Lane {
  readonly size: number;
  readonly #window: number;
  readonly #shift: Uint8Array;
  readonly #buckets = new Map<number, IndexedForm[]>();

  constructor(forms: readonly IndexedForm[], window: number) {
    this.size = forms.length;
    this.#window = window;
    const furthest = window - BLOCK + 1;
    this.#shift = new Uint8Array(1 << BITS).fill(furthest);
    for (const form of forms) {
      for (let i = 0; i + BLOCK <= window; i++) {
        const hash = blockHash(form.written, i);
        const jump = window - BLOCK - i;
        if (jump < (this.#shift[hash] ?? 0)) this.#shift[hash] = jump;
      }
      const last = blockHash(form.written, window - BLOCK);
      const bucket = this.#buckets.get(last);
      if (bucket === undefined) this.#buckets.set(last, [form]);
      else bucket.push(form);
    }
    for (const bucket of this.#buckets.values()) bucket.sort((a, b) => b.written.length - a.written.length);
  }

  find(text: string): Match[] {
    const found: Match[] = [];
    const shift = this.#shift;
    const window = this.#window;
    const end = text.length - BLOCK;
    let at = window - BLOCK;
    while (at <= end) {
      const hash = blockHash(text, at);
      const jump = shift[hash] ?? 1;
      if (jump > 0) {
        at += jump;
        continue;
      }
      const match = this.#compare(text, at - (window - BLOCK), this.#buckets.get(hash));
      if (match !== null) found.push(match);
      at++;
    }
    return found;
  }

  #compare(text: string, start: number, bucket: readonly IndexedForm[] | undefined): Match | null {
    if (bucket === undefined) return null;
    const first = text.charCodeAt(start);
    let best: Match | null = null;
    for (const form of bucket) {
      const { written, least } = form;
      if (written.charCodeAt(0) !== first) continue;
      if (best !== null && written.length <= best.end - best.start) break;
      let end = 0;
      if (text.startsWith(written, start)) end = start + written.length;
      else if (least < written.length && text.startsWith(written.slice(0, least), start)) {
        end = start + least;
        while (end - start < written.length && text.charCodeAt(end) === written.charCodeAt(end - start)) end++;
      }
      if (end === 0 || (best !== null && end <= best.end)) continue;
      if (form.bounded && !(isBoundaryBefore(text, start) && isBoundaryAfter(text, end))) continue;
      if (end - start < written.length && !isBoundaryBefore(text, start)) continue;
      best = { start, end, form };
    }
    return best;
  }
}
