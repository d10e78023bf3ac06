import type { Endpoint, Report } from '#shared/report.ts';
import { createNamer } from '../code/identifiers.ts';
import { pendOperation, type PendingOperation } from './operation.ts';
import { groupByPath, type PathGroup } from './paths.ts';
import { createSchemaPool } from './schema.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

const isFilled = <T>(list: T[]): list is [T, ...T[]] => list.length > 0;

/** Origins that have endpoints: the report's own order first (the target's at the head), then the rest by appearance. */
export function listOrigins(report: Report): string[] {
  const present = new Set(report.endpoints.map(({ origin }) => origin));
  return [...new Set([...report.origins.filter((origin) => present.has(origin)), ...present])];
}

interface PendingPath {
  group: PathGroup;
  operations: PendingOperation[];
}

/** OpenAPI 3.1 document of one origin. */
export function buildDocument(report: Report, origin: string): Record<string, unknown> {
  const endpoints = report.endpoints.filter((endpoint) => endpoint.origin === origin);
  const pool = createSchemaPool();
  const nameOperation = createNamer('camel');
  const pending = groupByPath(endpoints).map((group): PendingPath => {
    const byMethod = new Map<string, Endpoint[]>();
    for (const endpoint of group.endpoints) {
      const method = endpoint.method.toLowerCase();
      byMethod.set(method, [...(byMethod.get(method) ?? []), endpoint]);
    }
    const operations = [...byMethod].flatMap(([method, list]) =>
      isFilled(list) ? [pendOperation(method, list, { group, pool, report, nameOperation })] : [],
    );
    return { group, operations };
  });
  const schemes = Object.fromEntries(
    pending.flatMap(({ operations }) => operations.flatMap((item) => [...item.schemes])),
  );
  const paths = Object.fromEntries(
    pending.map(({ group, operations }) => {
      const known = operations
        .filter(({ method }) => METHODS.has(method))
        .map((item) => [item.method, item.finish()] as const);
      const other = operations
        .filter(({ method }) => !METHODS.has(method))
        .map((item) => [item.method.toUpperCase(), item.finish()] as const);
      return [
        group.path,
        {
          ...Object.fromEntries(known),
          ...(other.length === 0 ? {} : { 'x-other-methods': Object.fromEntries(other) }),
        },
      ];
    }),
  );
  const schemas = pool.components();
  const tags = [...new Set(endpoints.map(({ tag }) => tag).filter((tag) => tag !== ''))];
  return {
    openapi: '3.1.0',
    info: {
      title: `${origin.replace(/^\w+:\/\//, '') || report.target.site} as observed`,
      version: report.createdAt.slice(0, 10),
      description:
        `Written from the traffic of one visit to ${report.target.site}: what was seen is described, what was not seen may exist. ` +
        'Secrets in the examples are replaced. x-evidence names the recorded exchanges behind a statement.',
    },
    ...(origin === '' ? {} : { servers: [{ url: origin }] }),
    tags: tags.map((name) => ({ name })),
    paths,
    ...(Object.keys(schemas).length + Object.keys(schemes).length === 0
      ? {}
      : {
          components: {
            ...(Object.keys(schemas).length === 0 ? {} : { schemas }),
            ...(Object.keys(schemes).length === 0 ? {} : { securitySchemes: schemes }),
          },
        }),
  };
}
