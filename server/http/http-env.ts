import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Actor } from '../accounts/actor.ts';
import type { CountUse } from '../accounts/count-use.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { EventBell } from '../scans/event-bell.ts';
import type { Links } from '../scans/scan-links.ts';
import type { ClientName } from './client-version.ts';
import type { Metrics } from './metrics.ts';

/** What the routes need beside the verbs' own dependencies. */
export interface HttpDeps extends Deps {
  bell: EventBell;
  countUse: CountUse;
  metrics: Metrics;
  /** Where clients reach this server; known once it listens. */
  links: () => Links;
  /** Aborts when the server stops: long polls answer, streams end. */
  stopping: AbortSignal;
}

export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: {
    deps: HttpDeps;
    requestId: string;
    client: ClientName;
    actor?: Actor;
  };
}
export type HttpContext = Context<HttpEnv>;

/** The actor of a route behind `requireKey`. */
export function actorOf(c: { get: (name: 'actor') => Actor | undefined }): Actor {
  const actor = c.get('actor');
  if (actor === undefined) throw new AppError('INTERNAL_ERROR', 'A route that needs a key was reached without one.');
  return actor;
}
