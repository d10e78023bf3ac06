import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { buildOpenApiDocument } from './openapi-document.ts';
import { renderDocsPage } from './docs-page.tsx';

const documentSchema = z.looseObject({ paths: z.record(z.string(), z.unknown()) });
const document: unknown = JSON.parse(JSON.stringify(buildOpenApiDocument()));

it('is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate({ ...documentSchema.parse(document) });
  expect(result).toEqual({ valid: true });
});

it('is the same however often it is made', () => {
  expect(JSON.parse(JSON.stringify(buildOpenApiDocument()))).toEqual(document);
});

it('is shown as a page with every route and nothing from elsewhere', () => {
  const page = renderDocsPage(document);
  for (const path of Object.keys(documentSchema.parse(document).paths)) expect(page).toContain(`<code>${path}</code>`);
  expect(page).not.toMatch(/<script|https?:\/\/|style="/);
});
