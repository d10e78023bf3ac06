/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Bucket, Report } from '#shared/report.ts';
import { BUCKETS, formatCount } from '../words.ts';
import { EndpointRow, type EndpointContext } from './endpoint-row.tsx';

type Run = Report['validation']['runs'][number];

const RANK: Partial<Record<Run['outcome'], number>> = { same: 3, 'not-tried': 0, 'refused-by-guard': 1 };

function buildContext(report: Report): EndpointContext {
  const bestRun = new Map<string, Run>();
  for (const run of report.validation.runs) {
    const known = bestRun.get(run.endpoint);
    if (!known || (RANK[run.outcome] ?? 2) > (RANK[known.outcome] ?? 2)) bestRun.set(run.endpoint, run);
  }
  const dependenciesOf = new Map<string, Report['dependencies']>();
  for (const edge of report.dependencies) dependenciesOf.set(edge.to, [...(dependenciesOf.get(edge.to) ?? []), edge]);
  return {
    report,
    bestRun,
    sufficientOf: new Map(report.validation.sufficient.map((item) => [item.endpoint, item])),
    dependenciesOf,
    nameOf: new Map(report.endpoints.map(({ id, name }) => [id, name.text])),
  };
}

const Group = ({ bucket, context }: { bucket: Bucket; context: EndpointContext }) => {
  const { report } = context;
  const list = report.endpoints.filter((endpoint) => endpoint.bucket === bucket);
  const rows = list.map((endpoint) => (
    <EndpointRow endpoint={endpoint} context={context} origin={report.target.origin} />
  ));
  const { title, lead } = BUCKETS[bucket];
  if (bucket === 'C') {
    if (list.length === 0) return null;
    return (
      <details class="fold group">
        <summary>
          {title} <span class="soft">{formatCount(list.length, 'endpoint')}</span>
        </summary>
        <div class="body">
          <p class="lead small">{lead}</p>
          <div>{rows}</div>
        </div>
      </details>
    );
  }
  return (
    <div class="group">
      <h3>
        {title} <span class="soft">{list.length}</span>
      </h3>
      <p class="lead small">{list.length === 0 ? 'None was seen in this visit.' : lead}</p>
      <div>{rows}</div>
    </div>
  );
};

export const Endpoints = ({ report }: { report: Report }) => {
  const context = buildContext(report);
  return (
    <section id="endpoints" aria-labelledby="endpoints-title">
      <h2 id="endpoints-title">
        What is there <span class="soft">{formatCount(report.endpoints.length, 'endpoint')}</span>
      </h2>
      <p class="lead">
        An endpoint is one address of the site’s own{' '}
        <abbr title="Application programming interface: what the page’s code talks to">API</abbr>;{' '}
        <span class="param template">{'{braces}'}</span> mark the parts that vary.
      </p>
      <Group bucket="A" context={context} />
      <Group bucket="B" context={context} />
      <Group bucket="C" context={context} />
    </section>
  );
};
