import { createRoute } from '@hono/zod-openapi';
import { templateListSchema } from '#shared/api.ts';
import { TEMPLATES } from '../../pipeline/steps/intent_filter/templates.ts';
import { limitByAddress } from '../auth.ts';
import { jsonOf, newRouter, otherwise, named } from '../router.ts';

const list = createRoute({
  method: 'get',
  path: '/templates',
  tags: ['Scans'],
  summary: 'Starter templates',
  middleware: limitByAddress,
  responses: { 200: jsonOf('The templates', named('TemplateList', templateListSchema)), ...otherwise },
});

export const templateRoutes = newRouter().openapi(list, (c) => c.json({ templates: [...TEMPLATES] }, 200));
