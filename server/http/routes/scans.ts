import { createRoute, z } from '@hono/zod-openapi';
import {
  captureAcceptedSchema,
  createdScanSchema,
  createScanSchema,
  scanListSchema,
  scanSummarySchema,
} from '#shared/api.ts';
import { stepIdSchema } from '#shared/events.ts';
import { recordClientVersion } from '../../accounts/record-client-version.ts';
import { createScan } from '../../scans/create-scan.ts';
import { eraseScan } from '../../scans/erase-scan.ts';
import { listScans } from '../../scans/list-scans.ts';
import { readScan } from '../../scans/read-scan.ts';
import { rerunScan } from '../../scans/rerun-scan.ts';
import { needsKey, requireKey } from '../auth.ts';
import { clientLabel, requireCurrentClient } from '../client-version.ts';
import { actorOf } from '../http-env.ts';
import { jsonBody, jsonOf, limitBody, newRouter, otherwise, scanParams, named } from '../router.ts';

const tags = ['Scans'];
export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'The same key with the same body gives the same scan' }),
});

const create = createRoute({
  method: 'post',
  path: '/scans',
  tags,
  summary: 'Begin a scan',
  security: needsKey,
  middleware: [requireKey('scan'), limitBody()] as const,
  request: { body: jsonBody(named('NewScan', createScanSchema)), headers: idempotencyHeaders },
  responses: { 201: jsonOf('The scan', named('CreatedScan', createdScanSchema)), ...otherwise },
});

const list = createRoute({
  method: 'get',
  path: '/scans',
  tags,
  summary: 'List scans, newest first',
  security: needsKey,
  middleware: requireKey('scan'),
  request: {
    query: z.object({
      cursor: z.string().max(200).optional().openapi({ description: '`next` of the page before' }),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
  },
  responses: { 200: jsonOf('A page of scans', named('ScanList', scanListSchema)), ...otherwise },
});

const read = createRoute({
  method: 'get',
  path: '/scans/{id}',
  tags,
  summary: 'Read a scan',
  security: needsKey,
  middleware: requireKey('scan'),
  request: { params: scanParams },
  responses: { 200: jsonOf('The scan', named('Scan', scanSummarySchema)), ...otherwise },
});

const erase = createRoute({
  method: 'delete',
  path: '/scans/{id}',
  tags,
  summary: 'Erase a scan, its recording and its report for good',
  security: needsKey,
  middleware: requireKey('scan'),
  request: { params: scanParams },
  responses: { 204: { description: 'Erased' }, ...otherwise },
});

const rerun = createRoute({
  method: 'post',
  path: '/scans/{id}/rerun',
  tags,
  summary: 'Run the pipeline again from a step on',
  security: needsKey,
  middleware: [requireKey('scan'), limitBody()] as const,
  request: { params: scanParams, body: jsonBody(z.object({ fromStep: stepIdSchema }).openapi('Rerun')) },
  responses: { 202: jsonOf('Queued', named('CaptureAccepted', captureAcceptedSchema)), ...otherwise },
});

export const scanRoutes = newRouter()
  .openapi(create, async (c) => {
    const deps = c.get('deps');
    const client = c.get('client');
    await recordClientVersion(deps, actorOf(c).accountId, clientLabel(client));
    requireCurrentClient(
      client,
      deps.settings.minClient,
      deps.settings.upgradeUrl ?? `${deps.links().api}/docs#clients`,
    );
    const input = {
      ...c.req.valid('json'),
      idempotencyKey: c.req.valid('header')['idempotency-key'] ?? null,
      client: clientLabel(client),
    };
    const scan = await createScan(deps, actorOf(c), input, deps.links());
    c.header('Location', `/scans/${scan.scanId}`);
    return c.json(scan, 201);
  })
  .openapi(list, async (c) => {
    const { cursor, limit } = c.req.valid('query');
    return c.json(
      await listScans(c.get('deps'), actorOf(c), { cursor: cursor ?? null, limit }, c.get('deps').links()),
      200,
    );
  })
  .openapi(read, async (c) =>
    c.json(await readScan(c.get('deps'), actorOf(c), c.req.valid('param').id, c.get('deps').links()), 200),
  )
  .openapi(erase, async (c) => {
    await eraseScan(c.get('deps'), actorOf(c), c.req.valid('param').id);
    return c.body(null, 204);
  })
  .openapi(rerun, async (c) => {
    const { fromStep } = c.req.valid('json');
    return c.json(
      await rerunScan(c.get('deps'), actorOf(c), c.req.valid('param').id, fromStep, c.get('deps').links()),
      202,
    );
  });
