import type { Text } from '#shared/report.ts';
import type { Situation } from './situation.ts';
import { countNoun, listWords } from './words.ts';

const NOTE_LIMIT = 12;

/** Things a developer would want to know before starting, each told by what was recorded. */
export function writeNotes(situation: Situation, nameOf: ReadonlyMap<string, string>): Text[] {
  const { inventory, answering, buckets } = situation;
  const answers = new Set(answering.map(({ id }) => id));
  const name = (id: string): string => `“${nameOf.get(id) ?? id}”`;
  const notes: string[] = [];
  for (const edge of inventory.dependencies) {
    if (!answers.has(edge.to) || edge.from === edge.to) continue;
    notes.push(`${name(edge.to)} takes a value (${edge.into}) that ${name(edge.from)} gives at ${edge.path}.`);
    if (notes.length >= 5) break;
  }
  for (const endpoint of inventory.endpoints) {
    const token = endpoint.auth.find(({ kind, from }) => kind === 'csrf' && from !== null);
    if (token && situation.bucketOf.get(endpoint.id) !== 'C') {
      notes.push(
        `${name(endpoint.id)} needs the token ${token.name ?? 'against forged requests'}, first seen in the answer ${token.from ?? ''}.`,
      );
    }
  }
  const streams = inventory.endpoints.filter(({ kind }) => kind === 'websocket' || kind === 'sse');
  if (streams.length > 0)
    notes.push(
      `${countNoun(streams.length, 'connection')} stayed open and carried messages; their content is documented, the starter code does not open them.`,
    );
  const graph = inventory.endpoints.filter(({ kind }) => kind === 'graphql');
  if (graph.length > 0)
    notes.push(`${countNoun(graph.length, 'GraphQL operation')} shared one address and are told apart by name.`);
  const open = buckets.coverage.filter(({ covered }) => !covered).map(({ term }) => term);
  if (open.length > 0)
    notes.push(`Not seen in this visit: ${listWords(open.slice(0, 8))}. Browsing further may reveal it.`);
  return notes.slice(0, NOTE_LIMIT).map((text) => ({ text, source: 'rule' as const }));
}
