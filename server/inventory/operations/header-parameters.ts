import type { Exchange } from '#shared/exchange.ts';
import type { Parameter } from '#shared/report.ts';
import { looksOpaque, pickExamples, schemaOfTexts } from './values.ts';

const COMMON =
  /^x-(?:forwarded|real-ip|client-data|chrome|browser|newrelic|b3|datadog|amzn-trace|amz-(?:date|content|security|user-agent|target)|goog-|cloud-trace|ot-|sentry|request-(?:id|start)|correlation-id|trace|span|instana|dynatrace|dtc|dtpc|csrf|xsrf|http-method|moz|purpose|wap|requested-with|api-?key|auth|access-token|signature|middleton|recon)/i;

/** Headers of this API's own that a caller should know: `X-…` names, without tracing, standard and authentication ones. */
export function describeHeaders(exchanges: readonly Exchange[], auth: ReadonlySet<string>): Parameter[] {
  const seen = new Map<string, string[]>();
  for (const { request } of exchanges) {
    const once = new Set<string>();
    for (const [name, value] of request.headers) {
      const lower = name.toLowerCase();
      if (!lower.startsWith('x-') || COMMON.test(lower) || auth.has(lower) || once.has(lower)) continue;
      once.add(lower);
      const values = seen.get(lower);
      if (values === undefined) seen.set(lower, [value]);
      else values.push(value);
    }
  }
  return [...seen].map(([name, values]) => ({
    name,
    in: 'header',
    required: values.length === exchanges.length,
    schema: schemaOfTexts(name, values),
    examples: values.some(looksOpaque) ? [] : pickExamples(values),
    evidence: [`in ${values.length} of ${exchanges.length} ${exchanges.length === 1 ? 'request' : 'requests'}`],
    confidence: 1,
    role: 'other',
  }));
}
