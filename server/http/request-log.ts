import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { clientLabel, readClient } from './client-version.ts';
import { CLIENT_HEADER } from '#shared/version.ts';
import type { HttpDeps, HttpEnv } from './http-env.ts';

const REQUEST_ID = /^[0-9A-Za-z_-]{8,64}$/;

/** Gives each request its id and its dependencies, and writes one line and one count when it is answered. */
export const logRequests = (deps: HttpDeps) =>
  createMiddleware<HttpEnv>(async function logRequests(c, next) {
    const asked = c.req.header('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(asked) ? asked : deps.newId();
    const client = readClient(c.req.header(CLIENT_HEADER));
    c.set('deps', deps);
    c.set('requestId', requestId);
    c.set('client', client);
    c.header('X-Request-Id', requestId);
    const started = performance.now();
    await next();
    const durationMs = Math.round((performance.now() - started) * 10) / 10;
    const pattern = routePath(c, -1);
    const route = pattern === '/*' || pattern === '*' ? 'none' : pattern;
    const { method } = c.req;
    const { status } = c.res;
    const actor = c.get('actor');
    deps.metrics.request({ method, route, status }, durationMs / 1000);
    deps.metrics.client(clientLabel(client));
    deps.log.info('request', {
      requestId,
      method,
      route,
      status,
      durationMs,
      client: clientLabel(client),
      ...(actor === undefined ? {} : { accountId: actor.accountId, keyId: actor.by }),
    });
  });
