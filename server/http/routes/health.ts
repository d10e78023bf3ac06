import { createRoute, z } from '@hono/zod-openapi';
import { versionAnswerSchema } from '#shared/api.ts';
import { VERSION } from '#shared/version.ts';
import { authenticateKey } from '../../accounts/authenticate-key.ts';
import { checkReadiness } from '../../scans/check-readiness.ts';
import { countWork } from '../../scans/count-work.ts';
import { AppError } from '../../errors.ts';
import { limitByAddress, readBearer } from '../auth.ts';
import { isLocal } from '../peer.ts';
import { jsonOf, newRouter, otherwise, named } from '../router.ts';

const okSchema = z.object({ ok: z.literal(true) });

const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['Server'],
  summary: 'Whether the process answers',
  responses: { 200: jsonOf('It does', okSchema), ...otherwise },
});

const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['Server'],
  summary: 'Whether database, blobs and queue can be reached',
  responses: { 200: jsonOf('All of them can', okSchema), ...otherwise },
});

const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  tags: ['Server'],
  summary: 'Counters for Prometheus',
  description: 'Open on the machine itself; from elsewhere it takes a key with the scope `admin`.',
  responses: {
    200: { description: 'Prometheus text', content: { 'text/plain': { schema: z.string() } } },
    ...otherwise,
  },
});

const version = createRoute({
  method: 'get',
  path: '/version',
  tags: ['Server'],
  summary: 'Versions of server and clients',
  middleware: limitByAddress,
  responses: { 200: jsonOf('Versions', named('Version', versionAnswerSchema)), ...otherwise },
});

export const healthRoutes = newRouter()
  .openapi(healthz, (c) => c.json({ ok: true } as const, 200))
  .openapi(readyz, async (c) => {
    const failing = await checkReadiness(c.get('deps'));
    if (failing.length > 0) {
      throw new AppError('UNAVAILABLE', `Not ready: ${failing.join(', ')} cannot be reached.`, {
        details: { failing },
      });
    }
    return c.json({ ok: true } as const, 200);
  })
  .openapi(metrics, async (c) => {
    const deps = c.get('deps');
    const key = readBearer(c.req.header('authorization'));
    const actor = key === null ? null : await authenticateKey(deps, key, c.get('requestId'));
    if (!isLocal(c) && actor?.scopes.includes('admin') !== true) {
      throw new AppError('NOT_FOUND', 'There is nothing at this address.');
    }
    return c.text(deps.metrics.text(await countWork(deps)), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    });
  })
  .openapi(version, (c) => {
    const { settings, links } = c.get('deps');
    const upgradeUrl = settings.upgradeUrl ?? `${links().api}/docs#clients`;
    return c.json({ server: VERSION, latestClient: VERSION, minClient: settings.minClient, upgradeUrl }, 200);
  });
