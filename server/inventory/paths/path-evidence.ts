import type { Address } from '../address.ts';
import { decodeText } from '../address.ts';
import { isIdKey, isRecord, walkJson, type Scalar } from '../json-walk.ts';
import { namesCollection, singularName } from './word-likeness.ts';
import { classifySegment } from './segment-class.ts';

/** What response bodies tell about the segments of request paths. Keys are lower-case texts. */
export interface PathEvidence {
  /** Value → the keys under which responses hold it as an id. */
  keysOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** `path of the collection` + `\n` + value: items of that collection's own response bear the value as an id. */
  listed: ReadonlySet<string>;
  /** Paths whose last segment is the id of the object that links to itself. */
  selfLinks: ReadonlySet<string>;
}

interface EvidenceSource {
  address: Address;
  success: boolean;
  /** Called once, when it is this source's turn. */
  values: () => readonly unknown[];
}

const pathKey = (segments: readonly string[]): string =>
  segments.map((part) => decodeText(part).toLowerCase()).join('/');

const KEYS_PER_VALUE = 8;
const LINKS_AT_MOST = 200_000;

function linkSegments(text: string): string[] | null {
  if (text.length > 400 || text.length < 4) return null;
  const slash = text.startsWith('/') ? 0 : /^https?:\/\/[^/]+/.exec(text)?.[0].length;
  if (slash === undefined || text.charCodeAt(slash) !== 47) return null;
  const end = text.slice(slash).search(/[?#{]/);
  const path = end < 0 ? text.slice(slash) : text.slice(slash, slash + end);
  const parts = path.split('/').filter((part) => part !== '');
  return parts.length >= 2 && parts.length <= 24 ? parts : null;
}

/** One pass over the successful responses; only values that stand in some request path are looked for. */
export function gatherEvidence(sources: readonly EvidenceSource[]): PathEvidence {
  const wanted = new Set<string>();
  for (const { address } of sources) for (const part of address.segments) wanted.add(decodeText(part).toLowerCase());
  const keysOf = new Map<string, Set<string>>();
  const listed = new Set<string>();
  const selfLinks = new Set<string>();
  for (const { address, success, values } of sources) {
    if (!success) continue;
    const collection = pathKey(address.segments);
    const note = ({ value, key, arrays }: Scalar): void => {
      if (!isIdKey(key)) return;
      const text = String(value).toLowerCase();
      if (text.length > 200) return;
      const pieces = text.includes('/') && !text.startsWith('/') && !text.startsWith('http') ? text.split('/') : [text];
      for (const piece of pieces.length <= 4 ? pieces : []) {
        if (!wanted.has(piece)) continue;
        const keys = keysOf.get(piece) ?? new Set<string>();
        if (keys.size < KEYS_PER_VALUE) keys.add(key);
        keysOf.set(piece, keys);
        if (arrays === 1) listed.add(`${collection}\n${piece}`);
      }
    };
    const link = (value: Record<string, unknown>): void => {
      if (selfLinks.size > LINKS_AT_MOST) return;
      const ids = new Set<string>();
      const links: string[][] = [];
      for (const [key, item] of Object.entries(value)) {
        if (typeof item === 'number') ids.add(String(item));
        else if (typeof item === 'string') {
          const parts = linkSegments(item);
          if (parts !== null) links.push(parts);
          else if (isIdKey(key)) ids.add(item.toLowerCase());
        }
      }
      for (const parts of links)
        if (ids.has(decodeText(parts.at(-1) ?? '').toLowerCase())) selfLinks.add(pathKey(parts));
    };
    for (const value of values())
      if (isRecord(value) || Array.isArray(value)) walkJson(value, { scalar: note, object: link });
  }
  return { keysOf, listed, selfLinks };
}

interface SegmentEvidence {
  points: number;
  reasons: string[];
}

/** Points that the bodies give to one segment of one concrete path; nothing for a segment no body knows. */
export function weighEvidence(evidence: PathEvidence, path: readonly string[], at: number): SegmentEvidence {
  const reasons: string[] = [];
  let points = 0;
  const value = decodeText(path[at] ?? '').toLowerCase();
  const wordy = ['word', 'words', 'action'].includes(classifySegment(path[at] ?? '').kind);
  const before = path.slice(0, at);
  if (evidence.selfLinks.has(pathKey(path.slice(0, at + 1)))) {
    points += wordy ? 2.5 : 3.5;
    reasons.push('an object in a response links to itself under this value');
  }
  if (evidence.listed.has(`${pathKey(before)}\n${value}`)) {
    points += wordy ? 2.5 : 3;
    reasons.push('an item listed by the collection before it bears this value');
    return { points, reasons };
  }
  const keys = evidence.keysOf.get(value);
  if (keys === undefined) return { points, reasons };
  const parent = singularName(before.at(-1) ?? '').toLowerCase();
  const related = parent !== '' && [...keys].some((key) => key.toLowerCase().replace(/[_-]/g, '').startsWith(parent));
  if (related) points += wordy ? 2.3 : 2.8;
  else points += wordy ? (namesCollection(before.at(-1) ?? '') ? 0.8 : 0.3) : 2;
  reasons.push('the same value is an id in a response');
  return { points, reasons };
}
