import type { ExportFile } from '../pipeline/artifacts.ts';
import type { Exporter } from './exporter.ts';
import { buildDocument, listOrigins } from './openapi/document.ts';
import { writeYaml } from './openapi/yaml.ts';

const JSON_TYPE = 'application/vnd.oai.openapi+json';
const YAML_TYPE = 'application/vnd.oai.openapi';

/** `https://api.shop.example:8443` → `api.shop.example_8443`; the second origin of one host gets a number. */
function nameOrigins(origins: readonly string[]): Map<string, string> {
  const used = new Set<string>();
  return new Map(
    origins.map((origin) => {
      const host =
        origin
          .replace(/^\w+:\/\//, '')
          .toLowerCase()
          .replace(/[^a-z0-9.-]+/g, '_') || 'unknown';
      let name = host;
      for (let n = 2; used.has(name); n++) name = `${host}-${n}`;
      used.add(name);
      return [origin, name];
    }),
  );
}

/** Half characters, which some captures hold, are no text to most readers of JSON and YAML. */
function repairText(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(repairText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name.toWellFormed(), repairText(item)]));
}

function writeDocument(built: Record<string, unknown>, infix: string): ExportFile[] {
  const asBuilt = JSON.stringify(built, null, 2);
  const isWhole = !/\\ud[89a-f]/.test(asBuilt);
  const document = isWhole ? built : repairText(built);
  return [
    {
      path: `openapi${infix}.json`,
      mediaType: JSON_TYPE,
      text: `${isWhole ? asBuilt : JSON.stringify(document, null, 2)}\n`,
    },
    { path: `openapi${infix}.yaml`, mediaType: YAML_TYPE, text: writeYaml(document) },
  ];
}

/** OpenAPI 3.1, one document per origin: `openapi.json` is the first party's, `openapi.<host>.json` the others'. */
export const openapiExporter: Exporter = {
  id: 'openapi',
  title: 'OpenAPI 3.1',
  description: 'Describes every endpoint for code generators, API clients and test tools.',
  paths: ['openapi.json', 'openapi.yaml'],
  mediaType: JSON_TYPE,
  write: (report) => {
    const [first = report.target.origin, ...others] = listOrigins(report);
    const names = nameOrigins(others);
    return [
      ...writeDocument(buildDocument(report, first), ''),
      ...others.flatMap((origin) => writeDocument(buildDocument(report, origin), `.${names.get(origin) ?? 'other'}`)),
    ];
  },
};
