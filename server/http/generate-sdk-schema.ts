import openapiTypescript, { astToString } from 'openapi-typescript';
import { buildOpenApiDocument } from './openapi-document.ts';

const HEADER = '/** Generated from the routes by `pnpm --filter @browser-recon/sdk generate`; never edited. */\n';

/** The text of `sdk/schema.d.ts`: the types of every path of our own OpenAPI document. */
export const generateSdkSchema = async (): Promise<string> =>
  HEADER + astToString(await openapiTypescript(JSON.stringify(buildOpenApiDocument())));
