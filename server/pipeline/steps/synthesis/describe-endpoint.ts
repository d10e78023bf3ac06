import type { Action, Exchange } from '#shared/exchange.ts';
import type { EndpointFacts } from '#shared/report.ts';
import { answerSchema, findRecordsPath } from '../../../exporters/code/records.ts';
import { listWords } from './words.ts';
import { readRecordSchema } from './record-schema.ts';

const FIELD_LIMIT = 4;
const APPEARS_LIMIT = 3;

function nameFields(endpoint: EndpointFacts): string {
  const record = readRecordSchema(endpoint);
  const names = Object.keys(record?.properties ?? {});
  if (names.length === 0) return '';
  const required = new Set(record?.required ?? []);
  const ordered = [...names].sort((a, b) => Number(required.has(b)) - Number(required.has(a)));
  const shown = ordered.slice(0, FIELD_LIMIT);
  const rest = names.length - shown.length;
  return listWords(rest > 0 ? [...shown, `${rest} more ${rest === 1 ? 'field' : 'fields'}`] : shown);
}

/** What it gives and takes, in one or two sentences made of what was seen. */
export function summarizeEndpoint(endpoint: EndpointFacts): string {
  if (endpoint.kind === 'websocket') return 'A connection that stays open and carries messages both ways.';
  if (endpoint.kind === 'sse') return 'A stream of events that stays open.';
  if (endpoint.kind === 'document') return 'A page for people.';
  const schema = answerSchema(endpoint);
  const fields = nameFields(endpoint);
  const lists = findRecordsPath(schema) !== null;
  const parts: string[] = [];
  if (schema === null) {
    const [type] = endpoint.responses.flatMap(({ payloads }) => payloads.map(({ mediaType }) => mediaType));
    parts.push(type === undefined ? 'No answer with a body was recorded.' : `Answers with ${type}.`);
  } else if (fields === '') parts.push('Answers with JSON.');
  else parts.push(lists ? `Gives a list; each entry has ${fields}.` : `Gives ${fields}.`);
  const [payload] = endpoint.requests;
  const sent = Object.keys(payload?.schema.properties ?? {});
  if (sent.length > 0) parts.push(`Takes ${listWords(sent.slice(0, FIELD_LIMIT))}.`);
  return parts.join(' ');
}

const quote = (name: string, fallback: string): string =>
  name.trim() === '' ? fallback : `“${name.trim().slice(0, 80)}”`;

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

function describeAction(action: Action): string {
  switch (action.type) {
    case 'click':
      return `you press ${quote(action.name, `a ${action.role || 'control'}`)}`;
    case 'input':
      return `you type into ${quote(action.name, 'a field')}`;
    case 'submit':
      return `you send the form ${quote(action.name, 'on the page')}`;
    case 'navigate':
      return `you open the page ${pathOf(action.url)}`;
    case 'agent':
      return `the assistant uses ${quote(action.name, `a ${action.role || 'control'}`)}`;
  }
}

/** What happened just before the endpoint was called, most frequent first, each once. */
export function tellAppearsWhen(
  endpoint: EndpointFacts,
  exchanges: ReadonlyMap<string, Exchange>,
  actions: readonly Action[],
): string[] {
  const byId = new Map(actions.map((action) => [action.id, action]));
  const counts = new Map<string, number>();
  for (const id of endpoint.evidence) {
    const exchange = exchanges.get(id);
    const action =
      (exchange?.action === null || exchange === undefined ? undefined : byId.get(exchange.action)) ??
      actions.find((item) => item.exchanges.includes(id));
    const page = exchange?.documentUrl ?? null;
    const text = action ? describeAction(action) : page === null ? null : `the page ${pathOf(page)} opens`;
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, APPEARS_LIMIT)
    .map(([text]) => text);
}
