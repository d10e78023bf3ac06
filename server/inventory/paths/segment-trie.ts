import { FORMATS } from './vocabulary.ts';
import { classifySegment } from './segment-class.ts';
import { readsLikeWord } from './word-likeness.ts';

/** One request as the trie sees it; `index` is the caller's own number. */
export interface PathSample {
  index: number;
  method: string;
  segments: readonly string[];
  /** Key paths of a successful JSON response; null when there is none, empty when it says nothing. */
  shape: ReadonlySet<string> | null;
  html: boolean;
}

export interface Terminal {
  samples: PathSample[];
  /** The widest shape seen. */
  shape: ReadonlySet<string> | null;
  html: boolean;
}

export interface TrieNode {
  /** As it stands in the URL. */
  segment: string;
  children: Map<string, TrieNode>;
  /** By method. */
  terminals: Map<string, Terminal>;
  samples: number;
  /** A concrete path that goes through this node, itself included. */
  example: readonly string[];
}

const createNode = (segment: string, example: readonly string[]): TrieNode => ({
  segment,
  children: new Map(),
  terminals: new Map(),
  samples: 0,
  example,
});

const addToTerminal = (node: TrieNode, method: string, samples: readonly PathSample[]): void => {
  const terminal = node.terminals.get(method) ?? { samples: [], shape: null, html: false };
  for (const sample of samples) {
    terminal.samples.push(sample);
    if (sample.shape !== null && sample.shape.size > (terminal.shape?.size ?? -1)) terminal.shape = sample.shape;
    terminal.html ||= sample.html;
  }
  node.terminals.set(method, terminal);
};

const MAX_SEGMENTS = 60;
/** The rest of an endless path is one segment. */
const shorten = (segments: readonly string[]): string[] => [
  ...segments.slice(0, MAX_SEGMENTS),
  segments.slice(MAX_SEGMENTS).join('%2F'),
];

export function buildTrie(samples: Iterable<PathSample>): TrieNode {
  const root = createNode('', []);
  for (const sample of samples) {
    let node = root;
    node.samples++;
    const path = sample.segments.length <= MAX_SEGMENTS ? sample.segments : shorten(sample.segments);
    path.forEach((segment, at) => {
      let child = node.children.get(segment);
      if (child === undefined) {
        child = createNode(segment, path.slice(0, at + 1));
        node.children.set(segment, child);
      }
      child.samples++;
      node = child;
    });
    addToTerminal(node, sample.method, [sample]);
  }
  return root;
}

/** One node out of several: their children joined by segment, their samples put together. */
export function mergeNodes(segment: string, nodes: readonly TrieNode[]): TrieNode {
  const first = nodes[0];
  if (nodes.length === 1 && first !== undefined) return { ...first, segment };
  const merged = createNode(segment, first?.example ?? []);
  const below = new Map<string, TrieNode[]>();
  for (const node of nodes) {
    merged.samples += node.samples;
    for (const [method, terminal] of node.terminals) addToTerminal(merged, method, terminal.samples);
    for (const [name, child] of node.children) {
      const list = below.get(name);
      if (list === undefined) below.set(name, [child]);
      else list.push(child);
    }
  }
  for (const [name, list] of below) merged.children.set(name, mergeNodes(name, list));
  return merged;
}

/** A segment in three parts: what stays before and after the part that may be a value (`items(`7`)`, `7`.json, `7`:cancel). */
interface Affixes {
  before: string;
  core: string;
  after: string;
}

export function splitAffixes(segment: string): Affixes {
  const key = /^([A-Za-z]\w*\()(.+)(\))$/.exec(segment);
  if (key !== null) return { before: key[1] ?? '', core: key[2] ?? '', after: ')' };
  const verb = /^([^:]+)(:[a-z][A-Za-z]*)$/.exec(segment);
  if (verb !== null && !/^[a-z]{1,3}$/.test(verb[1] ?? '') && isValueBefore(verb[1] ?? '', verb[2] ?? '')) {
    return { before: '', core: verb[1] ?? '', after: verb[2] ?? '' };
  }
  const dot = segment.lastIndexOf('.');
  const ending = segment.slice(dot + 1).toLowerCase();
  if (dot > 0 && FORMATS.has(ending)) return { before: '', core: segment.slice(0, dot), after: segment.slice(dot) };
  const matrix = segment.indexOf(';');
  if (matrix > 0) return { before: '', core: segment.slice(0, matrix), after: '' };
  return { before: '', core: segment, after: '' };
}

const isValueBefore = (value: string, verb: string): boolean =>
  classifySegment(value).nature === 'opaque' || readsLikeWord(/^:[a-z]+/.exec(verb)?.[0].slice(1) ?? '');
