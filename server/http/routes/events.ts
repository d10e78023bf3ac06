import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { eventsAnswerSchema } from '#shared/api.ts';
import { TERMINAL_STATUSES } from '#shared/events.ts';
import { isKeyLive } from '../../accounts/is-key-live.ts';
import { readEvents, type Since } from '../../scans/read-events.ts';
import { waitForEvents } from '../../scans/wait-for-events.ts';
import { needsKey, requireKey } from '../auth.ts';
import { actorOf } from '../http-env.ts';
import { jsonOf, newRouter, otherwise, scanParams, named } from '../router.ts';

const tags = ['Events'];
const MAX_WAIT_MS = 25_000;
const HEARTBEAT_MS = 15_000;

const cursor = z
  .union([z.coerce.number().int().nonnegative(), z.iso.datetime({ offset: true })])
  .transform((since): Since => (typeof since === 'string' ? new Date(since) : since));

const list = createRoute({
  method: 'get',
  path: '/scans/{id}/events',
  tags,
  summary: 'What happened since a cursor',
  description:
    'Answers at once, or with `waitMs` as soon as there is an event or the time is over. At most 500 events an answer.',
  security: needsKey,
  middleware: requireKey('scan'),
  request: {
    params: scanParams,
    query: z.object({
      since: cursor
        .optional()
        .openapi({ type: 'string', description: 'The `cursor` of the last answer, or an ISO 8601 time' }),
      waitMs: z.coerce.number().int().min(0).max(MAX_WAIT_MS).default(0),
    }),
  },
  responses: { 200: jsonOf('Events in order', named('Events', eventsAnswerSchema)), ...otherwise },
});

const stream = createRoute({
  method: 'get',
  path: '/scans/{id}/events/stream',
  tags,
  summary: 'The same as server-sent events',
  description:
    'Each message has the event’s `seq` as its id; `Last-Event-ID` continues after one. A message `scan` tells the state when it changes. ' +
    'Ends when the scan does; asked again after that, it answers 204.',
  security: needsKey,
  middleware: requireKey('scan'),
  request: {
    params: scanParams,
    query: z.object({ since: cursor.optional().openapi({ type: 'string' }) }),
    headers: z.object({ 'last-event-id': z.coerce.number().int().nonnegative().optional() }),
  },
  responses: {
    200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
    204: { description: 'The scan has ended and everything was told' },
    ...otherwise,
  },
});

export const eventRoutes = newRouter()
  .openapi(list, async (c) => {
    const deps = c.get('deps');
    const { since = 0, waitMs } = c.req.valid('query');
    const signal = AbortSignal.any([deps.stopping, c.req.raw.signal]);
    const { id } = c.req.valid('param');
    return c.json(await waitForEvents(deps, actorOf(c), { scanId: id, since, waitMs, signal }, deps.links()), 200);
  })
  .openapi(stream, async (c) => {
    const deps = c.get('deps');
    const actor = actorOf(c);
    const { id: scanId } = c.req.valid('param');
    const since: Since = c.req.valid('header')['last-event-id'] ?? c.req.valid('query').since ?? 0;
    const first = await readEvents(deps, actor, scanId, since, deps.links());
    if (first.events.length === 0 && TERMINAL_STATUSES.has(first.scan.status)) return c.body(null, 204);
    return streamSSE(c, async (sse) => {
      const gone = new AbortController();
      sse.onAbort(() => gone.abort());
      const signal = AbortSignal.any([deps.stopping, gone.signal]);
      const heartbeat = setInterval(() => void sse.write(': still here\n\n'), HEARTBEAT_MS);
      try {
        let told = '';
        for (let answer = first; ;) {
          for (const event of answer.events) await sse.writeSSE({ id: String(event.seq), data: JSON.stringify(event) });
          const state = JSON.stringify(answer.scan);
          if (state !== told) await sse.writeSSE({ event: 'scan', data: state });
          told = state;
          if (signal.aborted || (TERMINAL_STATUSES.has(answer.scan.status) && answer.events.length === 0)) return;
          const waitMs = TERMINAL_STATUSES.has(answer.scan.status) ? 0 : MAX_WAIT_MS;
          answer = await waitForEvents(deps, actor, { scanId, since: answer.cursor, waitMs, signal }, deps.links());
          if (!(await isKeyLive(deps, actor.accountId, actor.by))) return;
        }
      } finally {
        clearInterval(heartbeat);
      }
    });
  });
