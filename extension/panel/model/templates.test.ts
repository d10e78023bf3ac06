import { expect, test } from 'vitest';
import { starterTemplateSchema, templateSchema } from '#shared/api.ts';
import { FALLBACK_TEMPLATES, offeredTemplates } from './templates.ts';

test('the built-in templates cover every kind once and keep the shape', () => {
  expect(FALLBACK_TEMPLATES.map((template) => template.id).sort()).toEqual([...starterTemplateSchema.options].sort());
  for (const template of FALLBACK_TEMPLATES) expect(templateSchema.safeParse(template).success).toBe(true);
});

test('templates of the server come first', () => {
  expect(offeredTemplates([])).toBe(FALLBACK_TEMPLATES);
  const own = FALLBACK_TEMPLATES.slice(0, 1);
  expect(offeredTemplates(own)).toBe(own);
});
