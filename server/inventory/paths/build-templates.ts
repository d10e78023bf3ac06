import type { Judgement } from './judge-open.ts';
import { judgeSiblings, valueOf } from './judge-siblings.ts';
import { nameParameter } from './parameter-names.ts';
import type { PathEvidence } from './path-evidence.ts';
import { classifySegment } from './segment-class.ts';
import type { Surroundings } from './weigh-place.ts';
import { buildTrie, mergeNodes, splitAffixes, type PathSample, type TrieNode } from './segment-trie.ts';

interface PathParameter {
  name: string;
  /** Index of the segment it stands in. */
  at: number;
  /** What stays around it in that segment (`items(`…`)`, …`.json`). */
  before: string;
  after: string;
  evidence: string[];
  confidence: number;
}

export interface PathTemplate {
  /** `/products/{productId}`, without a trailing slash. */
  template: string;
  parameters: PathParameter[];
  /** Indexes of the samples it stands for, in order. */
  samples: number[];
}

const MAX_DEPTH = 64;
const confidenceOf = (score: number): number => Math.round((1 / (1 + Math.exp(-score))) * 100) / 100;

interface Walk {
  evidence: PathEvidence;
  found: Map<string, PathTemplate>;
}

interface Place {
  segments: readonly string[];
  parameters: readonly PathParameter[];
  around: Surroundings;
}

const emit = (walk: Walk, place: Place, node: TrieNode): void => {
  const samples = [...node.terminals.values()].flatMap((terminal) => terminal.samples.map((sample) => sample.index));
  if (samples.length === 0) return;
  const template = `/${place.segments.join('/')}`;
  const known = walk.found.get(template);
  if (known !== undefined) known.samples.push(...samples);
  else walk.found.set(template, { template, parameters: [...place.parameters], samples });
};

/** Siblings that differ in case alone are one literal, written as most requests write it. */
function literalGroups(nodes: readonly TrieNode[]): TrieNode[][] {
  const groups = new Map<string, TrieNode[]>();
  for (const node of nodes) {
    const key = node.segment.length >= 4 ? node.segment.toLowerCase() : node.segment;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].map((group) => [...group].sort((a, b) => b.samples - a.samples));
}

/** `report.csv` and `report.json` beside each other: one literal whose format varies. */
function formatGroups(nodes: readonly TrieNode[]): { base: string; nodes: TrieNode[] }[] {
  const groups = new Map<string, TrieNode[]>();
  for (const node of nodes) {
    const { core, after } = splitAffixes(node.segment);
    if (after.startsWith('.') && node.children.size === 0) groups.set(core, [...(groups.get(core) ?? []), node]);
  }
  return [...groups].filter(([, group]) => group.length >= 2).map(([base, group]) => ({ base, nodes: group }));
}

function goDown(walk: Walk, place: Place, node: TrieNode): void {
  emit(walk, place, node);
  if (node.children.size === 0 || place.segments.length >= MAX_DEPTH) return;
  const judged = judgeSiblings([...node.children.values()], place.around, walk.evidence);
  const literals = judged.filter(({ score }) => score <= 0).map(({ node: child }) => child);
  const formats = formatGroups(literals);
  const inFormats = new Set(formats.flatMap((group) => group.nodes));
  for (const group of literalGroups(literals.filter((child) => !inFormats.has(child)))) goLiteral(walk, place, group);
  for (const group of formats) goFormat(walk, place, group);
  goParameters(
    walk,
    place,
    judged.filter(({ score }) => score > 0),
  );
}

function goLiteral(walk: Walk, place: Place, group: readonly TrieNode[]): void {
  const segment = group[0]?.segment ?? '';
  const version = classifySegment(segment).kind === 'version' || /^\d/.test(segment);
  const around: Surroundings = {
    parent: segment,
    afterParameter: false,
    versionSeen: place.around.versionSeen || version,
    depth: place.around.depth + 1,
  };
  goDown(
    walk,
    { segments: [...place.segments, segment], parameters: place.parameters, around },
    mergeNodes(segment, group),
  );
}

const usedNames = (place: Place): Set<string> => new Set(place.parameters.map(({ name }) => name));

function goFormat(walk: Walk, place: Place, { base, nodes }: { base: string; nodes: TrieNode[] }): void {
  const name = usedNames(place).has('format') ? 'format2' : 'format';
  const parameter: PathParameter = {
    name,
    at: place.segments.length,
    before: `${base}.`,
    after: '',
    evidence: [`${nodes.length} formats of “${base}” were asked for`],
    confidence: 0.9,
  };
  const segment = `${base}.{${name}}`;
  const next = {
    segments: [...place.segments, segment],
    parameters: [...place.parameters, parameter],
    around: afterParameter(place),
  };
  emit(walk, next, mergeNodes(segment, nodes));
}

const afterParameter = (place: Place): Surroundings => ({
  parent: null,
  afterParameter: true,
  versionSeen: true,
  depth: place.around.depth + 1,
});

function goParameters(walk: Walk, place: Place, judged: readonly Judgement[]): void {
  const groups = new Map<string, Judgement[]>();
  for (const judgement of judged) {
    const { before, after } = splitAffixes(judgement.node.segment);
    const key = `${before}\n${after}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [judgement]);
    else group.push(judgement);
  }
  const parent = place.around.parent;
  for (const group of groups.values()) {
    const first = group[0];
    if (first === undefined) continue;
    const { before, after } = splitAffixes(first.node.segment);
    const values = group.map(({ node }) => valueOf(node));
    const name = nameParameter(before === '' ? parent : before.replace('(', ''), values, usedNames(place));
    const segment = `${before}{${name}}${after}`;
    const reasons = new Set(group.flatMap(({ reasons: given }) => given));
    if (group.length > 1) reasons.add(`${group.length} different values in this place`);
    const score = Math.max(...group.map((item) => item.score)) + Math.min(1, Math.log2(group.length) / 4);
    const parameter: PathParameter = {
      name,
      at: place.segments.length,
      before,
      after,
      evidence: [...reasons].slice(0, 6),
      confidence: confidenceOf(score),
    };
    const next = {
      segments: [...place.segments, segment],
      parameters: [...place.parameters, parameter],
      around: afterParameter(place),
    };
    goDown(
      walk,
      next,
      mergeNodes(
        segment,
        group.map(({ node }) => node),
      ),
    );
  }
}

/** The templates of one origin's requests. Every sample is in exactly one of them. */
export function buildTemplates(samples: readonly PathSample[], evidence: PathEvidence): PathTemplate[] {
  const walk: Walk = { evidence, found: new Map() };
  const around: Surroundings = { parent: null, afterParameter: false, versionSeen: false, depth: 0 };
  goDown(walk, { segments: [], parameters: [], around }, buildTrie(samples));
  const templates = [...walk.found.values()];
  for (const template of templates) template.samples.sort((a, b) => a - b);
  return templates.sort((a, b) => (a.samples[0] ?? 0) - (b.samples[0] ?? 0));
}
