import { classifySegment, type SegmentKind } from './segment-class.ts';
import { splitAffixes, type TrieNode } from './segment-trie.ts';
import { isKnownWord, namesCollection, singularName, splitWords } from './word-likeness.ts';

/** What stands before the segment being judged. */
export interface Surroundings {
  /** The literal before; null after a parameter or at the root. */
  parent: string | null;
  afterParameter: boolean;
  versionSeen: boolean;
  depth: number;
}

interface Weight {
  points: number;
  reasons: string[];
}

const BASES = new Set('api apis rest version versions v services service admin data public latest'.split(' '));

/** `/rest/api/2`, `/1.1/…`, `/2015-03-31/…`, `/admin/api/2024-01/…`: a number or date that says which API this is. */
export function standsForVersion(node: TrieNode, kind: SegmentKind, around: Surroundings, siblings: number): boolean {
  if (around.versionSeen || around.afterParameter || node.children.size === 0 || siblings > 4) return false;
  const afterBase = around.depth === 0 || BASES.has((around.parent ?? '').toLowerCase());
  if (kind === 'integer') return afterBase && /^\d{1,2}$/.test(node.segment);
  if (kind === 'date') return afterBase;
  if (kind !== 'number' || !/^\d{1,2}\.\d{1,2}$/.test(node.segment)) return false;
  return afterBase || (around.depth <= 3 && !namesCollection(around.parent ?? ''));
}

function weighParent(parent: string): Weight {
  const shape = classifySegment(parent).kind;
  const root = shape === 'version' || shape === 'namespace' || shape === 'locale' || /^\d/.test(parent);
  if (root || BASES.has(parent.toLowerCase())) return { points: -3, reasons: [] };
  if (!namesCollection(parent)) return { points: shape === 'action' ? -1 : -0.5, reasons: [] };
  const known = isKnownWord(splitWords(parent).at(-1) ?? '');
  return { points: known ? 1 : 0.5, reasons: [`follows the collection “${parent}”`] };
}

const isNamedAfter = (text: string, parent: string): boolean => {
  const stem = singularName(parent).toLowerCase();
  const rest = text.toLowerCase().slice(stem.length);
  return stem.length > 2 && text.toLowerCase().startsWith(stem) && /^[-_.]?\d/.test(rest);
};

/** What the place of a segment says for (or against) its being a value: what stands before and below it. */
export function weighPlace(node: TrieNode, kind: SegmentKind, around: Surroundings): Weight {
  const text = splitAffixes(node.segment).core;
  const { parent } = around;
  const weight: Weight = { points: 0, reasons: [] };
  if (around.afterParameter) weight.points -= 1.5;
  else if (parent === null) weight.points -= 3;
  else {
    const { points, reasons } = weighParent(parent);
    weight.points += points;
    weight.reasons.push(...reasons);
    if (kind === 'numbered' && isNamedAfter(text, parent)) {
      weight.points += 2.5;
      weight.reasons.push(`is named after “${parent}” with a number`);
    }
  }
  for (const child of node.children.values()) {
    if (classifySegment(splitAffixes(child.segment).core).nature !== 'opaque') continue;
    weight.points -= 1.5;
    break;
  }
  const single = kind === 'word' || kind === 'words' || kind === 'name';
  if (single && namesCollection(text)) weight.points -= 1;
  return weight;
}
