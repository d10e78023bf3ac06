import type { StarterTemplate } from '#shared/api.ts';
import type { Action } from '#shared/exchange.ts';
import type { Buckets, Inventory } from '#shared/report.ts';
import { rankEndpoints } from './rank-endpoints.ts';
import { readTerms } from './read-terms.ts';

export interface IntentInput {
  inventory: Inventory;
  actions: readonly Action[];
  intentText: string;
  starterTemplate: StarterTemplate;
}

/** Ranks the endpoints by the intent and says in one line what came of it. */
export function filterByIntent({ inventory, actions, intentText, starterTemplate }: IntentInput): {
  buckets: Buckets;
  message: string;
} {
  const buckets = rankEndpoints(inventory, actions, readTerms(intentText, starterTemplate));
  const count = (bucket: string): number => buckets.endpoints.filter((entry) => entry.bucket === bucket).length;
  const covered = buckets.coverage.filter((entry) => entry.covered).length;
  const answers = count('A');
  const head = `${answers} of ${buckets.endpoints.length} endpoints ${answers === 1 ? 'answers' : 'answer'} the intent, ${count('B')} support them`;
  return {
    buckets,
    message: buckets.coverage.length === 0 ? head : `${head}; ${covered} of ${buckets.coverage.length} wishes covered`,
  };
}
