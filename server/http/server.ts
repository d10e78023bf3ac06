import { serve, type ServerType } from '@hono/node-server';
import type { Deps } from '../deps.ts';
import { createUseCounter } from '../accounts/count-use.ts';
import { openEventBell } from '../scans/event-bell.ts';
import type { Links } from '../scans/scan-links.ts';
import { createApp } from './app.ts';
import type { HttpDeps } from './http-env.ts';
import { createMetrics } from './metrics.ts';

export interface ApiServer {
  /** Where it listens, for this machine. */
  url: string;
  links: Links;
  /** Takes no more requests, answers those under way, then closes. */
  close: () => Promise<void>;
}

const DRAIN_MS = 10_000;
/** An upload on a slow line may take long; a request that sends nothing at all may not. */
const REQUEST_MS = 10 * 60_000;
const HEADERS_MS = 20_000;

const hostName = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function listen(
  app: ReturnType<typeof createApp>,
  host: string,
  port: number,
): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: { requestTimeout: REQUEST_MS, headersTimeout: HEADERS_MS },
      },
      (info) => {
        server.off('error', reject);
        resolve({ server, port: info.port });
      },
    );
    server.once('error', reject);
  });
}

/** Listens on the settings' host and port. Throws the system's error (`EADDRINUSE`, `EACCES`). */
export async function startApiServer(deps: Deps): Promise<ApiServer> {
  const { settings } = deps;
  const stopping = new AbortController();
  const bell = await openEventBell(deps);
  let links: Links = { api: '', reports: '' };
  const httpDeps: HttpDeps = {
    ...deps,
    bell,
    countUse: createUseCounter(deps),
    metrics: createMetrics(),
    links: () => links,
    stopping: stopping.signal,
  };
  const { server, port } = await listen(createApp(httpDeps), settings.host, settings.port).catch(
    async (error: unknown) => {
      await bell.close();
      throw error;
    },
  );
  const local = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host;
  const url = `http://${hostName(local)}:${port}`;
  const api = settings.publicUrl ?? url;
  links = { api, reports: settings.reportOrigin ?? api };
  return {
    url,
    links,
    close: async () => {
      stopping.abort();
      await bell.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        setTimeout(() => {
          if ('closeAllConnections' in server) server.closeAllConnections();
        }, DRAIN_MS).unref();
      });
    },
  };
}
