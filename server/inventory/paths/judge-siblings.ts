import { decodeText } from '../address.ts';
import { judgeOpen, pathWithCore, type Judgement } from './judge-open.ts';
import { weighEvidence, type PathEvidence } from './path-evidence.ts';
import { classifySegment, type SegmentKind } from './segment-class.ts';
import { splitAffixes, type TrieNode } from './segment-trie.ts';
import { standsForVersion, type Surroundings } from './weigh-place.ts';

const OPAQUE_WORDS: Partial<Record<SegmentKind, string>> = {
  integer: 'a number',
  number: 'a number',
  uuid: 'a UUID',
  ulid: 'a ULID',
  'object-id': 'an object id',
  hash: 'a hash',
  date: 'a date',
  'date-time': 'a time',
  email: 'an e-mail address',
  ip: 'an IP address',
  cuid: 'a cuid',
  'issue-key': 'an issue key',
  'prefixed-id': 'a prefixed id',
  encoded: 'an encoded name',
  token: 'a random token',
  'slug-with-id': 'a name with an id',
  code: 'a short code',
  placeholder: 'a replaced value',
};

/** An id by its shape is almost surely a value. */
const OPAQUE_SCORE = 3.5;
const LITERAL_SCORE = -9;

/** Tells parameters from literals among the children of one node: ids by shape at once, the rest by evidence. */
export function judgeSiblings(
  children: readonly TrieNode[],
  around: Surroundings,
  evidence: PathEvidence,
): Judgement[] {
  const judged: Judgement[] = [];
  const values: string[] = [];
  const opens: { node: TrieNode; kind: SegmentKind }[] = [];
  for (const node of children) {
    const text = splitAffixes(node.segment).core;
    const { kind, nature } = classifySegment(text);
    const fixed = kind !== 'action' && nature === 'literal';
    if (fixed || (nature === 'opaque' && standsForVersion(node, kind, around, children.length))) {
      judged.push({ node, score: LITERAL_SCORE, reasons: [] });
    } else if (nature === 'opaque') {
      const known = weighEvidence(evidence, pathWithCore(node), node.example.length - 1);
      const reasons = [`looks like ${OPAQUE_WORDS[kind] ?? 'an id'}`, ...known.reasons];
      judged.push({ node, score: OPAQUE_SCORE + Math.min(3, known.points), reasons });
      values.push(text);
    } else opens.push({ node, kind });
  }
  return opens.length === 0 ? judged : [...judged, ...judgeOpen(opens, values, around, evidence)];
}

/** The text a parameter stands for, as a person reads it. */
export const valueOf = (node: TrieNode): string => decodeText(splitAffixes(node.segment).core);
