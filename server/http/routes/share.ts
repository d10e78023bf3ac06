import { createRoute, z } from '@hono/zod-openapi';
import { ticketSchema } from '#shared/api.ts';
import { shareScan, unshareScan } from '../../scans/share-scan.ts';
import { issueTicket } from '../../scans/report-ticket.ts';
import { needsKey, requireKey } from '../auth.ts';
import { actorOf } from '../http-env.ts';
import { jsonBody, jsonOf, limitBody, named, newRouter, otherwise, scanParams } from '../router.ts';

const tags = ['Reports'];
const shareSchema = z
  .object({ reportUrl: z.string(), shared: z.boolean(), expiresAt: z.iso.datetime().nullable() })
  .openapi('Share');

const share = createRoute({
  method: 'post',
  path: '/scans/{id}/share',
  tags,
  summary: 'Let anyone with the address read the report',
  security: needsKey,
  middleware: [requireKey('scan'), limitBody()] as const,
  request: {
    params: scanParams,
    body: jsonBody(z.object({ expiresAt: z.iso.datetime({ offset: true }).optional() }).openapi('NewShare')),
  },
  responses: { 200: jsonOf('Shared', shareSchema), ...otherwise },
});

const unshare = createRoute({
  method: 'delete',
  path: '/scans/{id}/share',
  tags,
  summary: 'Take that leave back',
  description: 'The report moves to a new address; the old one answers 404 from now on.',
  security: needsKey,
  middleware: requireKey('scan'),
  request: { params: scanParams },
  responses: { 200: jsonOf('No longer shared', shareSchema), ...otherwise },
});

const ticket = createRoute({
  method: 'post',
  path: '/scans/{id}/ticket',
  tags,
  summary: 'An address that opens the report in a browser as its owner',
  description: 'Good for one minute. It sets a cookie for this report alone and leads to the clean address.',
  security: needsKey,
  middleware: requireKey('scan'),
  request: { params: scanParams },
  responses: {
    201: jsonOf('The address', named('Ticket', ticketSchema)),
    ...otherwise,
  },
});

export const shareRoutes = newRouter()
  .openapi(share, async (c) => {
    const { expiresAt } = c.req.valid('json');
    const until = expiresAt === undefined ? null : new Date(expiresAt);
    const deps = c.get('deps');
    return c.json(await shareScan(deps, actorOf(c), c.req.valid('param').id, until, deps.links()), 200);
  })
  .openapi(unshare, async (c) => {
    const deps = c.get('deps');
    return c.json(await unshareScan(deps, actorOf(c), c.req.valid('param').id, deps.links()), 200);
  })
  .openapi(ticket, async (c) => {
    const deps = c.get('deps');
    return c.json(await issueTicket(deps, actorOf(c), c.req.valid('param').id, deps.links()), 201);
  });
