import { AppError } from '../../../errors.ts';
import { asScrubbed, type Scrubbed } from '../../../scrubbing/brand.ts';
import { createLeakGate } from '../../../scrubbing/leak-gate.ts';
import { createScrubber, type Scrubber } from '../../../scrubbing/scrubber.ts';
import type { Artifacts } from '../../artifacts.ts';
import type { StepInput, StepOutput } from '../../step.ts';
import { mergeManifest } from './manifest.ts';

type Reads = 'dictionary' | 'exchanges' | 'capture_facts' | 'protections' | 'inventory';
type Writes = 'clean_exchanges' | 'clean_facts' | 'clean_protections' | 'clean_inventory' | 'scrubbing';

const BLOCK = 500;

/**
 * The closing pass: searches the twins and all that was derived from them once more, replaces what was learned late, and
 * checks the final bytes with the dictionary as a detector. What is still readable after a second replacement stops the scan.
 *
 * @throws AppError `INTERNAL_ERROR` naming the artifact and the types found, never a value.
 */
export async function runScrub(input: StepInput<Reads, 'placeholderKey'>): Promise<StepOutput<Writes>> {
  const { dictionary, exchanges, capture_facts, protections, inventory } = input.artifacts;
  const scrubber = createScrubber(input.ports.placeholderKey, dictionary);
  for (const exchange of exchanges) scrubber.collect(exchange);
  scrubber.collectText(JSON.stringify({ capture_facts, protections, inventory }));

  const cleanExchanges: Scrubbed<Artifacts['exchanges'][number]>[] = [];
  for (const [index, exchange] of exchanges.entries()) {
    if (index % BLOCK === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      input.signal.throwIfAborted();
    }
    cleanExchanges.push(scrubber.scrubExchange(exchange));
  }
  const facts = scrubber.scrubValue(capture_facts);
  const late = scrubber.manifest();
  const scrubbing = mergeManifest(capture_facts.replaced, late.types);
  const gate = createLeakGate(scrubber.entries());
  const close = <T>(name: string, value: T): Scrubbed<T> => closeArtifact({ scrubber, gate }, name, value);
  const artifacts: Pick<Artifacts, Writes> = {
    clean_exchanges: asScrubbed(cleanExchanges.map((exchange) => close('exchanges', exchange))),
    clean_facts: close('facts', { ...facts, replaced: scrubbing.types }),
    clean_protections: close('protections', scrubber.scrubValue(protections)),
    clean_inventory: close('inventory', scrubber.scrubValue(inventory)),
    scrubbing: asScrubbed(scrubbing),
  };
  const types = scrubbing.types.length;
  return {
    artifacts,
    message: asScrubbed(
      scrubbing.values === 0
        ? 'No secrets were found; the check of the final text found none either'
        : `${scrubbing.values} values of ${types} type${types === 1 ? '' : 's'} replaced; the final check found none left`,
    ),
    metadata: { values: scrubbing.values, types, late: late.values },
  };
}

function closeArtifact<T>(
  { scrubber, gate }: { scrubber: Pick<Scrubber, 'scrubValue'>; gate: ReturnType<typeof createLeakGate> },
  name: string,
  value: T,
): Scrubbed<T> {
  if (gate.find(JSON.stringify(value)).length === 0) return asScrubbed(value);
  const again = scrubber.scrubValue(value);
  const leaks = gate.find(JSON.stringify(again));
  if (leaks.length === 0) return again;
  const found = leaks.map(({ type, count }) => `${count} of type ${type}`).join(', ');
  throw new AppError(
    'INTERNAL_ERROR',
    `The check before publishing found secrets that could not be replaced in the ${name} (${found}). Nothing was published.`,
  );
}
