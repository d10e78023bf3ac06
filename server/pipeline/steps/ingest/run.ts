import type { Exchange, Reduction } from '#shared/exchange.ts';
import { buildExchanges } from '#shared/exchange-builder.ts';
import { valueShapes } from '../../../protection/shapes.ts';
import { asRaw, asScrubbed, type Scrubbed } from '../../../scrubbing/brand.ts';
import { createScrubber } from '../../../scrubbing/scrubber.ts';
import type { Artifacts, CaptureFacts, ValueShape } from '../../artifacts.ts';
import type { CaptureSource, StepInput, StepOutput } from '../../step.ts';
import { gatherFacts } from './facts.ts';
import { importHar } from './har.ts';

type Writes = 'raw_exchanges' | 'dictionary' | 'exchanges' | 'capture_facts' | 'value_shapes';

const REPORT_EVERY = 500;

const reduce = (capture: CaptureSource): Reduction =>
  capture.kind === 'har' ? importHar(capture.text) : buildExchanges(capture.lines);

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/**
 * Turns a capture into raw exchanges (for the vault) and their twins, in which every known secret is replaced: all texts
 * are searched first, then rewritten, so that a value is also replaced where it was seen before the place that marks it.
 */
export async function runIngest(input: StepInput<never, 'capture' | 'placeholderKey'>): Promise<StepOutput<Writes>> {
  const { ports, scan, signal, progress } = input;
  const reduction = reduce(ports.capture);
  const { exchanges } = reduction;
  const facts = gatherFacts(reduction, scan.targetUrl);
  await progress(asScrubbed(`Read ${plural(exchanges.length, 'request')}; looking for secrets`));

  const scrubber = createScrubber(ports.placeholderKey);
  for (const [index, exchange] of exchanges.entries()) {
    if (index % REPORT_EVERY === 0) await breathe(signal);
    scrubber.collect(exchange);
  }
  scrubber.collectText(scan.targetUrl);
  for (const action of facts.actions)
    for (const text of [action.name, action.path, action.url]) scrubber.collectText(text);

  const twins: Scrubbed<Exchange>[] = [];
  const shapes: ValueShape[] = [];
  for (const [index, exchange] of exchanges.entries()) {
    if (index % REPORT_EVERY === 0) {
      await breathe(signal);
      if (index > 0) await progress(asScrubbed(`Replaced secrets in ${index} of ${exchanges.length} requests`));
    }
    twins.push(scrubber.scrubExchange(exchange));
    shapes.push(...valueShapes(asRaw(exchange)));
  }
  const cleanFacts = scrubber.scrubValue(facts);
  const { values, types } = scrubber.manifest();
  const captureFacts: CaptureFacts = { ...cleanFacts, replaced: types };
  const artifacts: Pick<Artifacts, Writes> = {
    raw_exchanges: asRaw(exchanges),
    dictionary: scrubber.entries(),
    exchanges: asScrubbed<Exchange[]>(twins),
    capture_facts: asScrubbed(captureFacts),
    value_shapes: asScrubbed(shapes),
  };
  const leftOut = reduction.conversion.leftOut.reduce((sum, { count }) => sum + count, 0);
  const rest = leftOut === 0 ? '' : `, ${leftOut} left out with a reason`;
  return {
    artifacts,
    message: asScrubbed(`${plural(exchanges.length, 'request')} read${rest}; ${plural(values, 'secret')} replaced`),
    metadata: { exchanges: exchanges.length, leftOut, values },
  };
}

/** Lets events and an abort through between blocks of work. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}
