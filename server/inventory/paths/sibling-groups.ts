import { classifySegment } from './segment-class.ts';
import { compareShapes } from './response-shape.ts';
import { splitAffixes, type Terminal, type TrieNode } from './segment-trie.ts';

interface Profile {
  node: TrieNode;
  /** Method and what follows below the node, values written as `*`. */
  ways: Map<string, Terminal>;
}

interface SiblingGroup {
  nodes: TrieNode[];
  /** How much each member but the first resembles the group, 0.5 or 1 each. */
  likeness: number;
}

const MAX_WAYS = 60;
const MAX_GROUPS = 24;
const WORDLESS = new Set(['name', 'slug', 'numbered', 'caps', 'title']);

const below = (segment: string): string => {
  const { kind, nature } = classifySegment(splitAffixes(segment).core);
  return nature === 'opaque' || WORDLESS.has(kind) ? '*' : segment.toLowerCase();
};

function profileOf(node: TrieNode): Profile {
  const ways = new Map<string, Terminal>();
  const step = (at: TrieNode, way: string, depth: number): void => {
    if (ways.size >= MAX_WAYS || depth > 8) return;
    for (const [method, terminal] of at.terminals) {
      const key = `${method} ${way}`;
      const before = ways.get(key);
      if (before === undefined || (terminal.shape?.size ?? 0) > (before.shape?.size ?? 0)) ways.set(key, terminal);
    }
    for (const child of at.children.values()) step(child, `${way}/${below(child.segment)}`, depth + 1);
  };
  step(node, '', 0);
  return { node, ways };
}

/** 1 alike by what they answer, 0.5 by structure alone, 0 not alike. */
function resemblance(a: Profile, b: Profile): number {
  const [small, large] = a.ways.size <= b.ways.size ? [a, b] : [b, a];
  let same = 0;
  let weak = 0;
  let against = 0;
  for (const [way, terminal] of small.ways) {
    const other = large.ways.get(way);
    if (other === undefined) continue;
    const verdict = compareShapes(terminal.shape, other.shape);
    if (verdict === 'same') same++;
    else if (verdict === 'different') against++;
    else if (/\/[^*/]/.test(way)) weak++;
    else if (terminal.html && other.html) weak++;
  }
  if (same + weak <= against) return 0;
  return same > 0 ? 1 : 0.5;
}

/** Puts siblings together that answer alike or lead on alike; linear in the siblings, the groups are bounded. */
export function groupSiblings(nodes: readonly TrieNode[]): SiblingGroup[] {
  const groups: { head: Profile[]; group: SiblingGroup }[] = [];
  const alone: SiblingGroup[] = [];
  for (const node of nodes) {
    const profile = profileOf(node);
    let best: (typeof groups)[number] | undefined;
    let most = 0;
    for (const candidate of groups) {
      const likeness = Math.max(...candidate.head.map((head) => resemblance(head, profile)));
      if (likeness > most) [best, most] = [candidate, likeness];
      if (most === 1) break;
    }
    if (best !== undefined) {
      best.group.nodes.push(node);
      best.group.likeness += most;
      if (best.head.length < 4) best.head.push(profile);
    } else if (groups.length < MAX_GROUPS) groups.push({ head: [profile], group: { nodes: [node], likeness: 0 } });
    else alone.push({ nodes: [node], likeness: 0 });
  }
  return [...groups.map(({ group }) => group), ...alone];
}
