import { describe, expect, it } from 'vitest';
import { reportSchema, type Report } from '#shared/report.ts';
import { ARTIFACTS } from '../../artifacts.ts';
import { asScrubbed } from '../../../scrubbing/brand.ts';
import {
  HOSTILE_TEXTS,
  buildHostileExchanges,
  buildHostileReport,
  buildShopExchanges,
  buildShopReport,
} from '../../../testing/report-fixture.ts';
import type { RenderInput } from './assemble-report.ts';
import { renderStep } from './index.ts';

function renderInput(report: Report, over: Partial<RenderInput> = {}, exchanges = buildShopExchanges()): RenderInput {
  return {
    scan: {
      scanId: report.scanId,
      targetUrl: report.target.url,
      intentText: report.intent.text,
      starterTemplate: report.intent.template,
      consent: report.consent,
      createdAt: report.createdAt,
    },
    artifacts: {
      clean_exchanges: exchanges,
      clean_facts: asScrubbed({
        targetUrl: report.target.url,
        startedAt: null,
        actions: report.actions,
        completeness: report.completeness,
        conversion: report.conversion,
        replaced: [],
      }),
      clean_inventory: asScrubbed({
        endpoints: report.endpoints,
        dependencies: report.dependencies,
        thirdParties: report.thirdParties,
        origins: report.origins,
        leftOut: [],
      }),
      clean_protections: asScrubbed(report.protections),
      scrubbing: asScrubbed(report.scrubbing),
      buckets: asScrubbed({
        endpoints: report.endpoints.map(({ id, bucket, reason }) => ({ endpoint: id, bucket, score: 1, reason })),
        coverage: report.coverage,
      }),
      validation: asScrubbed(report.validation),
      narrative: asScrubbed({
        endpoints: report.endpoints.map(({ id, name, summary, tag, appearsWhen }) => ({
          endpoint: id,
          name,
          summary,
          tag,
          appearsWhen,
        })),
        verdict: report.verdict,
        recommendation: report.recommendation,
        notes: report.notes,
        costDrivers: report.costDrivers,
        starters: report.starters,
        model: report.model,
      }),
    },
    ports: {},
    signal: new AbortController().signal,
    now: () => new Date('2026-11-20T10:05:00.000Z'),
    progress: () => Promise.resolve(),
    ...over,
  };
}

const render = async (input: RenderInput) => {
  const { artifacts } = await renderStep.run(input);
  ARTIFACTS.exports.schema.parse(artifacts.exports);
  return {
    report: reportSchema.parse(artifacts.report),
    files: new Map(artifacts.exports.map(({ path, text }) => [path, text])),
  };
};

describe('render', () => {
  it('puts report, page and every export together', async () => {
    const { report, files } = await render(renderInput(buildShopReport()));
    expect([...files.keys()].sort()).toEqual(
      [
        'API.md',
        'capture.har',
        'mcp.json',
        'openapi.json',
        'openapi.yaml',
        'postman.json',
        'report.html',
        'report.json',
        'starter.py',
        'starter.ts',
      ].sort(),
    );
    expect(JSON.parse(files.get('report.json') ?? '')).toEqual(JSON.parse(JSON.stringify(report)));
    expect(files.get('report.html')).toContain('Yes: a plain HTTP client gets products');
    expect(report).toMatchObject({ createdAt: '2026-11-20T10:05:00.000Z', target: { site: 'shop.example' } });
    expect(report.timeline[1]).toEqual({
      exchange: 'x2',
      startMs: 0,
      durationMs: 84,
      method: 'GET',
      label: '/api/products?page=1&limit=20',
      status: 200,
      resourceType: 'fetch',
      endpoint: 'e1',
    });
  });

  it('orders endpoints by bucket and fit', async () => {
    const base = buildShopReport();
    const input = renderInput({ ...base, endpoints: [...base.endpoints].reverse() });
    const scores = { e1: 0.1, e4: 0.9 } as Record<string, number>;
    const buckets = {
      ...input.artifacts.buckets,
      endpoints: input.artifacts.buckets.endpoints.map((item) => ({ ...item, score: scores[item.endpoint] ?? 0.5 })),
    };
    const { report } = await render({ ...input, artifacts: { ...input.artifacts, buckets: asScrubbed(buckets) } });
    expect(report.endpoints.map(({ id }) => id)).toEqual(['e4', 'e3', 'e2', 'e1', 'e5', 'e6']);
  });

  it('names every gap that an earlier step left, and every limit of the recording', async () => {
    const { report } = await render(
      renderInput(
        buildShopReport({
          completeness: {
            checked: false,
            browserRequests: null,
            recorded: 3,
            withBody: 1,
            missing: [{ reason: 'too-large', count: 2 }],
            gaps: [{ reason: 'worker restarted', count: 1 }],
          },
        }),
        {
          earlier: [
            { step: 'ingest', version: 4, status: 'complete', message: asScrubbed('read') },
            {
              step: 'detection',
              version: 2,
              status: 'errored',
              message: asScrubbed('Detection could not be finished.'),
            },
          ],
        },
      ),
    );
    expect(report.limits).toEqual([
      { step: 'capture', text: 'Something is missing from the recording (once): worker restarted.' },
      { step: 'capture', text: '2 answers have no body: it was larger than the limit.' },
      { step: 'capture', text: 'Whether the browser made requests that were not recorded was not checked.' },
      { step: 'detection', text: 'Detection could not be finished.' },
      { step: 'synthesis', text: 'You chose not to use a model.' },
    ]);
    expect(report.versions.steps).toMatchObject({ ingest: 4, detection: 2, render: 1 });
  });

  it('makes a report of a scan whose other steps all failed', async () => {
    const input = renderInput(
      buildShopReport({ endpoints: [], protections: [], actions: [], dependencies: [] }),
      {},
      asScrubbed([]),
    );
    const { report, files } = await render({
      ...input,
      scan: { ...input.scan, targetUrl: 'not a url' },
      artifacts: { ...input.artifacts, buckets: asScrubbed({ endpoints: [], coverage: [] }) },
    });
    expect(report).toMatchObject({ endpoints: [], timeline: [], target: { origin: '', site: 'not a url' } });
    expect(files.get('openapi.json')).toContain('"paths": {}');
  });

  it('keeps an endpoint that nobody ranked or named', async () => {
    const input = renderInput(buildShopReport());
    const narrative = { ...input.artifacts.narrative, endpoints: [] };
    const { report } = await render({
      ...input,
      artifacts: {
        ...input.artifacts,
        narrative: asScrubbed(narrative),
        buckets: asScrubbed({ endpoints: [], coverage: [] }),
      },
    });
    expect(report.endpoints[0]).toMatchObject({ bucket: 'C', name: { text: 'GET /api/products', source: 'rule' } });
  });

  it('refuses a report that does not fit its description, naming the place', async () => {
    const input = renderInput(buildShopReport());
    const broken = { ...input.artifacts.scrubbing, values: 1.5 };
    await expect(
      renderStep.run({ ...input, artifacts: { ...input.artifacts, scrubbing: asScrubbed(broken) } }),
    ).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
      message: 'The report does not fit its own description at scrubbing.values.',
    });
  });

  it('renders hostile text whole', async () => {
    for (const hostile of HOSTILE_TEXTS) {
      const { files } = await render(renderInput(buildHostileReport(hostile), {}, buildHostileExchanges(hostile)));
      expect(files.size).toBeGreaterThan(10);
    }
  });
});
