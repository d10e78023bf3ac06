import { createRoute, z } from '@hono/zod-openapi';
import { connectSchema, connectedSchema, createdKeySchema, createKeySchema, keyListSchema } from '#shared/api.ts';
import { createKey } from '../../accounts/create-key.ts';
import { listKeys } from '../../accounts/list-keys.ts';
import { redeemCode } from '../../accounts/redeem-code.ts';
import { revokeKey } from '../../accounts/revoke-key.ts';
import { AppError } from '../../errors.ts';
import { limitByAddress, needsKey, requireKey } from '../auth.ts';
import { actorOf } from '../http-env.ts';
import { applyLimit } from '../limits.ts';
import { isLocal, peerAddress } from '../peer.ts';
import { jsonBody, jsonOf, limitBody, newRouter, otherwise, named } from '../router.ts';

const connect = createRoute({
  method: 'post',
  path: '/connect',
  tags: ['Keys'],
  summary: 'Change a one-time code into a key',
  description:
    'Only from the machine the server runs on. The terminal shows the code; it works once, for five minutes.',
  middleware: [limitByAddress, limitBody()] as const,
  request: { body: jsonBody(named('Connect', connectSchema)) },
  responses: { 200: jsonOf('The key', named('Connected', connectedSchema)), ...otherwise },
});

const create = createRoute({
  method: 'post',
  path: '/keys',
  tags: ['Keys'],
  summary: 'Make a key',
  description: 'The key is shown this once. It cannot give a scope that the key asking for it lacks.',
  security: needsKey,
  middleware: [requireKey('scan'), limitBody()] as const,
  request: { body: jsonBody(named('NewKey', createKeySchema)) },
  responses: { 201: jsonOf('The key', named('CreatedKey', createdKeySchema)), ...otherwise },
});

const list = createRoute({
  method: 'get',
  path: '/keys',
  tags: ['Keys'],
  summary: 'List the keys of this account',
  security: needsKey,
  middleware: requireKey('scan'),
  responses: { 200: jsonOf('The keys', named('KeyList', keyListSchema)), ...otherwise },
});

const revoke = createRoute({
  method: 'delete',
  path: '/keys/{keyId}',
  tags: ['Keys'],
  summary: 'Revoke a key at once',
  security: needsKey,
  middleware: requireKey('scan'),
  request: { params: z.object({ keyId: z.uuid() }) },
  responses: { 204: { description: 'Revoked' }, ...otherwise },
});

export const keyRoutes = newRouter()
  .openapi(connect, async (c) => {
    const deps = c.get('deps');
    await applyLimit(c, 'connect', peerAddress(c));
    if (!isLocal(c)) {
      throw new AppError(
        'FORBIDDEN',
        'One-time codes work only on the machine the server runs on. Use an API key from here.',
      );
    }
    const key = await redeemCode(deps, {
      code: c.req.valid('json').code,
      client: c.get('client').name,
      requestId: c.get('requestId'),
    });
    return c.json({ key, server: deps.links().api }, 200);
  })
  .openapi(create, async (c) => c.json(await createKey(c.get('deps'), actorOf(c), c.req.valid('json')), 201))
  .openapi(list, async (c) => c.json(await listKeys(c.get('deps'), actorOf(c)), 200))
  .openapi(revoke, async (c) => {
    await revokeKey(c.get('deps'), actorOf(c), c.req.valid('param').keyId);
    return c.body(null, 204);
  });
