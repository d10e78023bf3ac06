import { planStarter } from '../../../exporters/code/plan-starter.ts';
import { writeStarters } from '../../../exporters/code/write-starters.ts';
import { asScrubbed, type Scrubbed } from '../../../scrubbing/brand.ts';
import type { Narrative } from '../../artifacts.ts';
import type { ScanFacts, StepInput } from '../../step.ts';
import { listCostDrivers } from './cost-drivers.ts';
import { summarizeEndpoint, tellAppearsWhen } from './describe-endpoint.ts';
import { rateDifficulty } from './difficulty.ts';
import { enrichWithModel } from './enrich.ts';
import { nameEndpoints, tagEndpoint } from './name-endpoint.ts';
import { writeNotes } from './notes.ts';
import { choosePaceMs, recommend } from './recommend.ts';
import { readSituation, type Situation } from './situation.ts';
import { writeVerdict } from './verdict.ts';

export type SynthesisInput = StepInput<
  'clean_inventory' | 'clean_exchanges' | 'clean_facts' | 'clean_protections' | 'buckets' | 'validation',
  'model'
>;

const noModelReason = ({ consent }: ScanFacts): string => {
  if (consent === null) return 'No model was used: names and texts come from rules.';
  return consent.model
    ? 'No model key is configured on this server: names and texts come from rules.'
    : 'You chose not to use a model: names and texts come from rules.';
};

function tellEndpoints(situation: Situation): Narrative['endpoints'] {
  const { inventory, exchangeById, facts } = situation;
  const names = nameEndpoints(inventory.endpoints);
  return inventory.endpoints.map((endpoint) => ({
    endpoint: endpoint.id,
    name: { text: names.get(endpoint.id) ?? `${endpoint.method} ${endpoint.template}`, source: 'rule' },
    summary: { text: summarizeEndpoint(endpoint), source: 'rule' },
    tag: tagEndpoint(endpoint),
    appearsWhen: tellAppearsWhen(endpoint, exchangeById, facts.actions),
  }));
}

function writeCode(situation: Situation, scan: ScanFacts, endpoints: Narrative['endpoints']): Narrative['starters'] {
  const told = new Map(endpoints.map((item) => [item.endpoint, item]));
  const reasons = new Map(situation.buckets.endpoints.map(({ endpoint, reason }) => [endpoint, reason]));
  const order = new Map(situation.answering.map(({ id }, index) => [id, index]));
  const complete = situation.inventory.endpoints
    .map((endpoint) => {
      const item = told.get(endpoint.id);
      const fallback = { text: `${endpoint.method} ${endpoint.template}`, source: 'rule' as const };
      return {
        ...endpoint,
        bucket: situation.bucketOf.get(endpoint.id) ?? ('C' as const),
        reason: reasons.get(endpoint.id) ?? '',
        name: item?.name ?? fallback,
        summary: item?.summary ?? { text: '', source: 'rule' as const },
        tag: item?.tag ?? '',
        appearsWhen: item?.appearsWhen ?? [],
      };
    })
    .sort((a, b) => (order.get(a.id) ?? order.size) - (order.get(b.id) ?? order.size));
  const site = URL.canParse(scan.targetUrl) ? new URL(scan.targetUrl) : null;
  const source = {
    target: { url: scan.targetUrl, origin: site?.origin ?? '', site: site?.host ?? scan.targetUrl },
    intent: { text: scan.intentText, template: scan.starterTemplate },
    createdAt: scan.createdAt,
    endpoints: complete,
    dependencies: situation.inventory.dependencies,
    validation: situation.validation,
  };
  return writeStarters(planStarter(source, situation.exchanges, choosePaceMs(situation)));
}

export async function runSynthesis(
  input: SynthesisInput,
): Promise<{ narrative: Scrubbed<Narrative>; message: Scrubbed<string> }> {
  const { artifacts, ports, scan, signal, progress } = input;
  const situation = readSituation({
    asked: scan.intentText.trim() !== '' || scan.starterTemplate !== 'custom',
    inventory: artifacts.clean_inventory,
    exchanges: artifacts.clean_exchanges,
    facts: artifacts.clean_facts,
    protections: artifacts.clean_protections,
    buckets: artifacts.buckets,
    validation: artifacts.validation,
  });
  const told = tellEndpoints(situation);
  const others = situation.inventory.endpoints.filter(({ id }) => situation.bucketOf.get(id) === 'B');
  const enriched =
    ports.model === null || scan.consent?.model === false
      ? { endpoints: told, model: { used: false, name: null, tokens: 0, reason: noModelReason(scan) } }
      : await enrichWithModel(ports.model, [...situation.answering, ...others], told, {
          intent: scan.intentText,
          signal,
          progress,
        });
  const names = new Map(enriched.endpoints.map((item) => [item.endpoint, item.name.text]));
  const sentence = writeVerdict(situation);
  const narrative: Narrative = {
    endpoints: enriched.endpoints,
    verdict: {
      sentence,
      difficulty: rateDifficulty(situation),
      client: situation.client?.id ?? null,
      tier: situation.tier,
    },
    recommendation: recommend(situation),
    notes: writeNotes(situation, names),
    costDrivers: listCostDrivers(situation),
    starters: writeCode(situation, scan, enriched.endpoints),
    model: enriched.model,
  };
  return { narrative: asScrubbed(narrative), message: asScrubbed(sentence) };
}

/** What the report says when this step could not run. */
export function emptyNarrative(reason: string): Scrubbed<Narrative> {
  return asScrubbed({
    endpoints: [],
    verdict: {
      sentence: 'No verdict: the step that writes it did not finish. What was recorded is listed below.',
      difficulty: { score: 0, word: 'easy', parts: [{ name: 'Not rated', points: 0, reason }] },
      client: null,
      tier: null,
    },
    recommendation: {
      client: 'Not known',
      tier: 'Not known',
      session: 'Not known',
      pace: 'One request every 2 seconds',
      reasons: [reason],
      risks: [],
    },
    notes: [],
    costDrivers: [],
    starters: [],
    model: { used: false, name: null, tokens: 0, reason },
  });
}
