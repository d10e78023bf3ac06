import { weighEvidence, type PathEvidence } from './path-evidence.ts';
import type { SegmentKind } from './segment-class.ts';
import { groupSiblings } from './sibling-groups.ts';
import { splitAffixes, type TrieNode } from './segment-trie.ts';
import { weighPlace, type Surroundings } from './weigh-place.ts';
import { namesCollection } from './word-likeness.ts';

export interface Judgement {
  node: TrieNode;
  /** Log-odds: above 0 it is a parameter. */
  score: number;
  reasons: string[];
}

/** Where an open shape starts; what reads like structure has to be outweighed by evidence. */
const START: Partial<Record<SegmentKind, number>> = {
  action: -6,
  word: -2.8,
  words: -2.5,
  dotted: -2.2,
  name: -1.5,
  slug: -1.5,
  caps: -1.2,
  numbered: -0.3,
  title: -0.3,
};

const WORDS: ReadonlySet<SegmentKind> = new Set(['word', 'words', 'action', 'dotted']);

/** `mv9-uwu-9q8` → `3-3-3`; empty for what is too plain to compare. */
const mouldOf = (text: string): string => {
  const mould = text.replace(/[A-Za-z0-9]+/g, (run) => String(run.length));
  return /\D\d+\D/.test(mould) || text.length >= 10 ? mould : '';
};

function countMoulds(values: readonly string[]): Map<string, number> {
  const moulds = new Map<string, number>();
  for (const value of values) {
    const mould = mouldOf(value);
    if (mould !== '') moulds.set(mould, (moulds.get(mould) ?? 0) + 1);
  }
  return moulds;
}

interface Company {
  around: Surroundings;
  evidence: PathEvidence;
  /** Ids among the siblings, and how they are built. */
  values: readonly string[];
  moulds: ReadonlyMap<string, number>;
  /** How much the words in the same place speak for structure. */
  amongWords: number;
  /** How much the sheer number of names in the same place speaks for values. */
  inCrowd: number;
}

export const pathWithCore = (node: TrieNode): string[] => [
  ...node.example.slice(0, -1),
  splitAffixes(node.segment).core,
];

function judgeMember(
  node: TrieNode,
  kind: SegmentKind,
  alike: { bonus: number; count: number },
  company: Company,
): Judgement {
  const text = splitAffixes(node.segment).core;
  const place = weighPlace(node, kind, company.around);
  const known = weighEvidence(company.evidence, pathWithCore(node), node.example.length - 1);
  const reasons = [...place.reasons, ...known.reasons];
  let score = (START[kind] ?? -1.5) + place.points + known.points;
  if (!WORDS.has(kind)) {
    score += company.inCrowd;
    if (company.values.length > 0) score += 0.5;
  }
  if (kind === 'name' || (kind === 'slug' && company.values.length === 0)) score -= company.amongWords;
  if ((company.moulds.get(mouldOf(text)) ?? 0) >= 2) {
    score += 3;
    reasons.push('is built like the ids beside it');
  }
  if (alike.bonus > 0 && (kind !== 'action' || known.points >= 2)) {
    score += alike.bonus;
    reasons.push(`${alike.count} values in this place lead to answers alike`);
  }
  return { node, score, reasons };
}

/** Siblings that carry one another: when names that answer alike are values on the whole, so is each of them. */
function carry(members: readonly (Judgement & { kind: SegmentKind })[]): Judgement[] {
  const mean = members.reduce((sum, { score }) => sum + score, 0) / members.length;
  const names = members.filter(({ kind }) => !WORDS.has(kind)).length;
  const carried = members.length >= 3 && mean > 0 && names / members.length >= 0.5;
  return members.map(({ node, score, reasons, kind }) => ({
    node,
    reasons,
    score: carried && kind !== 'action' && score <= 0 ? Math.max(0.2, mean / 2) : score,
  }));
}

/** Judges the siblings whose shape alone does not tell, by place, siblings and reuse of the value together. */
export function judgeOpen(
  opens: readonly { node: TrieNode; kind: SegmentKind }[],
  values: readonly string[],
  around: Surroundings,
  evidence: PathEvidence,
): Judgement[] {
  const kinds = new Map(opens.map(({ node, kind }) => [node, kind]));
  const words = opens.filter(({ kind }) => WORDS.has(kind)).length;
  const collection = around.parent !== null && namesCollection(around.parent);
  const company: Company = {
    around,
    evidence,
    values,
    moulds: countMoulds(values),
    amongWords: collection ? 0 : Math.min(3, Math.log2(1 + words) / 1.5),
    inCrowd: Math.max(0, Math.min(3, Math.log2((opens.length - words) / 8))),
  };
  return groupSiblings(opens.map(({ node }) => node)).flatMap(({ nodes, likeness }) => {
    const alike = { bonus: Math.min(4, Math.log2(1 + likeness)), count: nodes.length };
    return carry(
      nodes.map((node) => {
        const kind = kinds.get(node) ?? 'word';
        return { ...judgeMember(node, kind, alike, company), kind };
      }),
    );
  });
}
