import { createMiddleware } from 'hono/factory';
import type { KeyScope } from '../accounts/actor.ts';
import { authenticateKey } from '../accounts/authenticate-key.ts';
import { AppError } from '../errors.ts';
import type { HttpEnv } from './http-env.ts';
import { applyLimit } from './limits.ts';
import { peerAddress } from './peer.ts';

/** Name of the scheme in our OpenAPI document; a route that carries it is behind `requireKey`. */
export const KEY_SCHEME = 'apiKey';
export const needsKey = [{ [KEY_SCHEME]: [] as string[] }];

export const readBearer = (header: string | undefined): string | null =>
  /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? null;

/** Lets a request through with a live key of that scope. 401 without one, 403 without the scope. */
export const requireKey = (scope: KeyScope) =>
  createMiddleware<HttpEnv>(async function requireKey(c, next) {
    const deps = c.get('deps');
    const key = readBearer(c.req.header('authorization'));
    const actor = key === null ? null : await authenticateKey(deps, key, c.get('requestId'));
    if (actor === null) {
      await applyLimit(c, 'refused', peerAddress(c));
      c.header('WWW-Authenticate', 'Bearer');
      throw new AppError(
        'UNAUTHENTICATED',
        key === null
          ? 'Send an API key: Authorization: Bearer rec_live_…'
          : 'This API key is not known or was revoked.',
      );
    }
    await applyLimit(c, 'key', actor.by);
    if (!actor.scopes.includes(scope)) throw new AppError('FORBIDDEN', `This API key lacks the scope ${scope}.`);
    c.set('actor', actor);
    await next();
  });

/** The limit of routes that need no key. */
export const limitByAddress = createMiddleware<HttpEnv>(async function limitByAddress(c, next) {
  await applyLimit(c, 'ip', peerAddress(c));
  await next();
});
