import type { Exporter } from './exporter.ts';
import { apiMdExporter } from './api-md.ts';
import { harExporter } from './har.ts';
import { mcpExporter } from './mcp.ts';
import { openapiExporter } from './openapi.ts';
import { postmanExporter } from './postman.ts';
import { reportJsonExporter } from './report-json.ts';
import { starterPythonExporter } from './starter-python.ts';
import { starterTypescriptExporter } from './starter-typescript.ts';

/** Every download format, in the order in which people see them. */
export const EXPORTERS: readonly Exporter[] = [
  openapiExporter,
  apiMdExporter,
  starterTypescriptExporter,
  starterPythonExporter,
  harExporter,
  postmanExporter,
  mcpExporter,
  reportJsonExporter,
];
