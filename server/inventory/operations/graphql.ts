import type { Exchange } from '#shared/exchange.ts';
import type { Address } from '../address.ts';
import { readPairs } from '../address.ts';
import { requestType, type BodyReader } from '../body-reading.ts';
import { isRecord } from '../json-walk.ts';

/** One GraphQL operation of a request; a batch holds several. */
interface GraphqlCall {
  /** `query`, `mutation`, `subscription`, or unknown when only a hash was sent. */
  type: 'query' | 'mutation' | 'subscription' | null;
  name: string | null;
  /** First field under the root, and the first below it that has fields of its own (`org.teams`). */
  root: string | null;
  /** The document without names of fragments' spacing, comments and literal values; tells unnamed documents apart. */
  fingerprint: string | null;
  hash: string | null;
}

const DOCUMENT = /^(?:\s|#[^\n]*\n|,)*(?:(query|mutation|subscription)\b\s*([A-Za-z_]\w*)?|fragment\s+\w+\s+on\b|\{)/;

/** Comments and literals away, spacing to one blank: two spellings of one document read the same. */
function normalise(document: string): string {
  return document
    .replace(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/g, '""')
    .replace(/#[^\n]*/g, '')
    .replace(/:\s*-?\d+(?:\.\d+)?/g, ':0')
    .replace(/[\s,]+/g, ' ')
    .replace(/ ?([{}()[\]:!=|@$]) ?/g, '$1')
    .trim();
}

/** Where the selection of the first operation begins, braces inside its variables' defaults passed over. */
function selectionStart(normal: string): number {
  const head = /(?:^|[} ])(?:query|mutation|subscription)\b/.exec(normal);
  let depth = 0;
  for (let at = head?.index ?? 0; at < normal.length; at++) {
    const letter = normal[at];
    if (letter === '(') depth++;
    else if (letter === ')') depth--;
    else if (letter === '{' && depth <= 0) return at + 1;
  }
  return normal.length;
}

const FIELD = /^(?:\.\.\.\w* ?)*(\w+)(?::(\w+))?/;
const nameOf = (field: RegExpExecArray | null): string | null => field?.[2] ?? field?.[1] ?? null;

function rootField(normal: string): string | null {
  return nameOf(FIELD.exec(normal.slice(selectionStart(normal))));
}

/** First field below the root that has fields of its own; tells `org { teams {…} }` from `org { name }`. */
function innerField(normal: string): string | null {
  const start = selectionStart(normal);
  const open = normal.indexOf('{', start);
  if (open < 0) return null;
  let depth = 0;
  let from = open + 1;
  for (let at = open + 1; at < normal.length; at++) {
    const letter = normal[at];
    if (letter === '(') depth++;
    else if (letter === ')') depth--;
    else if (depth > 0) continue;
    else if (letter === '}') return null;
    else if (letter === ' ') from = at + 1;
    else if (letter === '{') return nameOf(FIELD.exec(normal.slice(from, at)));
  }
  return null;
}

function rootPath(normal: string): string | null {
  const root = rootField(normal);
  const inner = innerField(normal);
  return root === null || inner === null ? root : `${root}.${inner}`;
}

const MAX_DOCUMENT_CHARS = 300_000;

const isDocument = (text: unknown): text is string =>
  typeof text === 'string' &&
  text.length <= MAX_DOCUMENT_CHARS &&
  text.includes('{') &&
  text.includes('}') &&
  DOCUMENT.test(text);

function operationHead(document: string, wanted: string | null): { type: GraphqlCall['type']; name: string | null } {
  let first: { type: GraphqlCall['type']; name: string | null } | null = null;
  for (const match of document
    .replace(/#[^\n]*/g, '')
    .matchAll(/(?:^|[}\s])(query|mutation|subscription)\b\s*([A-Za-z_]\w*)?\s*[({@]/g)) {
    const head = { type: typeOf(match[1]), name: match[2] ?? null };
    if (head.name === wanted && wanted !== null) return head;
    first ??= head;
  }
  return first ?? { type: 'query', name: null };
}

const typeOf = (word: string | undefined): GraphqlCall['type'] =>
  word === 'mutation' || word === 'subscription' || word === 'query' ? word : null;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function hashOf(extensions: unknown, call: Record<string, unknown>): string | null {
  const persisted = isRecord(extensions) && isRecord(extensions['persistedQuery']) ? extensions['persistedQuery'] : {};
  return (
    textOf(persisted['sha256Hash']) ??
    textOf(call['doc_id']) ??
    textOf(call['queryId']) ??
    textOf(call['documentId']) ??
    textOf(call['query_hash'])
  );
}

const parseMaybe = (value: unknown): unknown => {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

function readCall(call: unknown, atGraphql: boolean, bareKey: string | null): GraphqlCall | null {
  if (!isRecord(call)) return null;
  const named =
    textOf(call['operationName']) ?? textOf(call['operation_name']) ?? textOf(call['fb_api_req_friendly_name']);
  const hash = hashOf(parseMaybe(call['extensions']), call);
  const document = call['query'] ?? call['mutation'] ?? call['document'];
  if (isDocument(document)) {
    const normal = normalise(document);
    const head = operationHead(document, named);
    return { type: head.type, name: named ?? head.name ?? bareKey, root: rootPath(normal), fingerprint: normal, hash };
  }
  if (hash !== null && (named !== null || atGraphql || 'variables' in call))
    return { type: null, name: named ?? bareKey, root: null, fingerprint: null, hash };
  if (atGraphql && (named !== null || 'variables' in call))
    return { type: null, name: named ?? bareKey, root: null, fingerprint: null, hash: null };
  return null;
}

/** The GraphQL operations that a request carries; empty when it is none. */
export function readGraphql(exchange: Exchange, address: Address, read: BodyReader): GraphqlCall[] {
  const last = (address.segments.at(-1) ?? '').toLowerCase();
  const atGraphql = /^(?:graphql|gql|graph)\b/.test(last) || address.segments.some((part) => /^graphql$/i.test(part));
  const bareKey = atGraphql
    ? (address.query.find(([name, value]) => (value === null || value === '') && /^[A-Za-z_]\w*$/.test(name))?.[0] ??
      null)
    : null;
  const body = exchange.request.body;
  const json = read(body);
  if (json !== undefined) {
    const calls = json.values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
    const found = calls.map((call) => readCall(call, atGraphql, bareKey)).filter((call) => call !== null);
    if (found.length > 0 && found.length === calls.length) return found;
  }
  if (body?.text !== undefined && requestType(exchange) === 'application/graphql') {
    const call = readCall({ query: body.text }, true, bareKey);
    if (call !== null) return [call];
  }
  const form =
    body?.text !== undefined && requestType(exchange) === 'application/x-www-form-urlencoded'
      ? readPairs(body.text)
      : [];
  const call = readCall(Object.fromEntries([...address.query, ...form]), atGraphql, bareKey);
  if (call !== null) return [call];
  return bareKey !== null && exchange.request.method === 'POST'
    ? [{ type: null, name: bareKey, root: null, fingerprint: null, hash: null }]
    : [];
}

/**
 * The name that tells operations apart: the operation's own, else its root field, else its hash. Unnamed documents that
 * differ are numbered in order of appearance.
 */
export function createGraphqlNames(): (call: GraphqlCall) => string {
  const documents = new Map<string, string>();
  const used = new Map<string, number>();
  return ({ name, root, fingerprint, hash }) => {
    if (name !== null) return name;
    if (root === null || fingerprint === null) return hash === null ? 'anonymous' : `hash ${hash.slice(0, 12)}`;
    const known = documents.get(fingerprint);
    if (known !== undefined) return known;
    const n = (used.get(root) ?? 0) + 1;
    used.set(root, n);
    const label = n === 1 ? root : `${root} ${n}`;
    if (documents.size < 5000) documents.set(fingerprint, label);
    return label;
  };
}
