import { renderDocsPage } from './docs-page.tsx';
import { handleError, handleNotFound } from './error-handler.ts';
import type { HttpDeps } from './http-env.ts';
import { buildOpenApiDocument } from './openapi-document.ts';
import { applyCors, separateReports, setSafeHeaders } from './origin-policy.ts';
import { PLAIN_PAGE_HEADERS } from './plain-page.tsx';
import { logRequests } from './request-log.ts';
import { newRouter } from './router.ts';
import { routes } from './routes.ts';

/** The whole API over its dependencies. */
export function createApp(deps: HttpDeps) {
  const document = buildOpenApiDocument();
  const docs = renderDocsPage(document);
  const app = newRouter();
  app.use(logRequests(deps));
  app.use(setSafeHeaders);
  app.use(applyCors(deps.settings));
  app.use(separateReports(deps.settings));
  app.onError(handleError);
  app.notFound(handleNotFound);
  app.get('/openapi.json', (c) => c.json(document));
  app.get('/docs', (c) => c.html(docs, 200, { ...PLAIN_PAGE_HEADERS }));
  app.route('/', routes);
  return app;
}
