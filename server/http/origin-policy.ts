import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { CLIENT_HEADER, EXTENSION_ID } from '#shared/version.ts';
import type { Settings } from '../env.ts';
import { AppError } from '../errors.ts';
import type { HttpEnv } from './http-env.ts';

/** Which web origins a browser may let read our answers. Embedded servers take any extension, as theirs may be unpacked. */
export const allowsOrigin = (settings: Pick<Settings, 'corsOrigins' | 'localOwner'>, origin: string): boolean =>
  origin === `chrome-extension://${EXTENSION_ID}` ||
  settings.corsOrigins.includes(origin) ||
  (settings.localOwner && /^chrome-extension:\/\/[a-p]{32}$/.test(origin));

export const applyCors = (settings: Settings) =>
  cors({
    origin: (origin) => (allowsOrigin(settings, origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowHeaders: [
      'Authorization',
      'Content-Type',
      'Content-Digest',
      CLIENT_HEADER,
      'Idempotency-Key',
      'Last-Event-ID',
      'X-Request-Id',
    ],
    exposeHeaders: [
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'Retry-After',
      'X-Request-Id',
      'Location',
    ],
    maxAge: 600,
  });

/** Headers that every answer carries; pages and downloads set stricter ones. */
export const setSafeHeaders = createMiddleware<HttpEnv>(async function setSafeHeaders(c, next) {
  await next();
  const defaults = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
  for (const [name, value] of Object.entries(defaults)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  if (new URL(c.req.url).protocol === 'https:' || c.get('deps').settings.publicUrl?.startsWith('https:') === true) {
    c.res.headers.set('Strict-Transport-Security', 'max-age=31536000');
  }
});

/** With an origin of their own, reports are served there and nothing else is. */
export const separateReports = (settings: Settings) =>
  createMiddleware<HttpEnv>(async function separateReports(c, next) {
    if (settings.reportOrigin === null) return next();
    const isReportHost = c.req.header('host') === new URL(settings.reportOrigin).host;
    const { path } = c.req;
    const isReport = path.startsWith('/r/');
    if (isReport && !isReportHost) {
      const { search } = new URL(c.req.url);
      return c.redirect(`${settings.reportOrigin}${path}${search}`, 307);
    }
    if (!isReport && isReportHost && path !== '/healthz') {
      throw new AppError('NOT_FOUND', 'There is nothing at this address.');
    }
    return next();
  });
