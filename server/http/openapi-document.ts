import { VERSION } from '#shared/version.ts';
import { KEY_SCHEME } from './auth.ts';
import { routes } from './routes.ts';

/** Our own OpenAPI 3.1 document, made from the routes. */
export function buildOpenApiDocument() {
  const router = routes;
  router.openAPIRegistry.registerComponent('securitySchemes', KEY_SCHEME, {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'rec_live_…',
  });
  return router.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'browser-recon',
      version: VERSION,
      description: 'Turns ordinary browsing of a site into everything a developer needs to work with that site’s API.',
    },
    servers: [{ url: '/' }],
  });
}
