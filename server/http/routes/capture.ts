import { createRoute, z } from '@hono/zod-openapi';
import { captureAcceptedSchema, oneShotCaptureSchema, sealCaptureSchema } from '#shared/api.ts';
import { scanIdSchema } from '#shared/ids.ts';
import { AppError } from '../../errors.ts';
import { acceptOneShot } from '../../scans/accept-one-shot.ts';
import { appendSegment } from '../../scans/append-segment.ts';
import { sealCapture } from '../../scans/seal-capture.ts';
import { needsKey, requireKey } from '../auth.ts';
import { clientLabel, requireCurrentClient } from '../client-version.ts';
import { readContentDigest } from '../content-digest.ts';
import { actorOf } from '../http-env.ts';
import { jsonBody, jsonOf, limitBody, newRouter, otherwise, scanParams, named } from '../router.ts';
import { idempotencyHeaders } from './scans.ts';

const tags = ['Capture'];
const GZIP_TYPES = /^application\/(gzip|x-gzip|octet-stream)\s*(;|$)/i;

const put = createRoute({
  method: 'put',
  path: '/scans/{id}/segments/{n}',
  tags,
  summary: 'Upload one segment of a recording',
  description:
    'Gzip of NDJSON capture lines. The same digest again changes nothing; another digest under the same number is refused with 409.',
  security: needsKey,
  middleware: requireKey('scan'),
  request: {
    params: scanParams.extend({
      n: z
        .string()
        .regex(/^\d{1,4}$/)
        .transform(Number)
        .openapi({ type: 'integer', minimum: 0, maximum: 9999 }),
    }),
    headers: z.object({
      'content-digest': z.string().openapi({ description: '`sha-256=:<base64>:` of the body as sent (RFC 9530)' }),
    }),
    body: {
      required: true,
      content: { 'application/gzip': { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
  responses: { 204: { description: 'It is stored' }, ...otherwise },
});

const capture = createRoute({
  method: 'post',
  path: '/scans/{id}/capture',
  tags,
  summary: 'Seal a recording, or send a whole capture at once',
  description:
    'With `segments`: everything uploaded is as listed, and processing begins. With `capture`: a HAR or capture lines of at most 5 MB; ' +
    'the id may be `new` to begin a scan with it.',
  security: needsKey,
  middleware: [requireKey('scan'), limitBody('oneShotBytes')] as const,
  request: {
    params: z.object({
      id: z
        .union([scanIdSchema, z.literal('new')])
        .openapi({ param: { name: 'id', in: 'path' }, description: 'Id of the scan, or `new`' }),
    }),
    headers: idempotencyHeaders,
    body: jsonBody(z.union([named('SealCapture', sealCaptureSchema), named('OneShotCapture', oneShotCaptureSchema)])),
  },
  responses: { 202: jsonOf('Queued', named('CaptureAccepted', captureAcceptedSchema)), ...otherwise },
});

const complete = createRoute({
  method: 'post',
  path: '/scans/{id}/complete',
  tags,
  summary: 'Gone: the route of clients before 0.3',
  deprecated: true,
  request: { params: z.object({ id: z.string() }) },
  responses: { ...otherwise },
});

export const captureRoutes = newRouter()
  .openapi(put, async (c) => {
    const deps = c.get('deps');
    const sha256 = readContentDigest(c.req.valid('header')['content-digest']);
    const type = c.req.header('content-type');
    if (type !== undefined && !GZIP_TYPES.test(type)) {
      throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'A segment is sent as Content-Type: application/gzip.');
    }
    const announced = Number(c.req.header('content-length') ?? 0);
    if (announced > deps.settings.limits.segmentBytes) {
      throw new AppError(
        'TOO_LARGE',
        `A segment is at most ${deps.settings.limits.segmentBytes / 1_000_000} MB compressed.`,
      );
    }
    const { body } = c.req.raw;
    if (body === null) throw new AppError('INVALID_SEGMENT', 'The segment is empty.');
    const { id, n } = c.req.valid('param');
    await appendSegment(deps, actorOf(c), { scanId: id, n, sha256, body });
    return c.body(null, 204);
  })
  .openapi(capture, async (c) => {
    const deps = c.get('deps');
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    if ('segments' in body) {
      if (id === 'new') throw new AppError('INVALID_BODY', 'Only a whole capture can begin a new scan.');
      return c.json(await sealCapture(deps, actorOf(c), id, body.segments, deps.links()), 202);
    }
    if (id === 'new') {
      requireCurrentClient(
        c.get('client'),
        deps.settings.minClient,
        deps.settings.upgradeUrl ?? `${deps.links().api}/docs#clients`,
      );
    }
    const input = {
      ...body,
      scanId: id === 'new' ? null : id,
      idempotencyKey: c.req.valid('header')['idempotency-key'] ?? null,
      client: clientLabel(c.get('client')),
    };
    return c.json(await acceptOneShot(deps, actorOf(c), input, deps.links()), 202);
  })
  .openapi(complete, (c) => {
    const { settings, links } = c.get('deps');
    const upgradeUrl = settings.upgradeUrl ?? `${links().api}/docs#clients`;
    throw new AppError(
      'CLIENT_TOO_OLD',
      `This client is too old for this server. Get version ${settings.minClient} or newer at ${upgradeUrl}.`,
      {
        details: { minClient: settings.minClient, upgradeUrl },
      },
    );
  });
