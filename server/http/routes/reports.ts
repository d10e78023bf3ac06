import { createRoute, z } from '@hono/zod-openapi';
import { getCookie, setCookie } from 'hono/cookie';
import { slugSchema } from '#shared/ids.ts';
import { authenticateKey } from '../../accounts/authenticate-key.ts';
import { AppError, isAppError } from '../../errors.ts';
import type { ExportFile } from '../../pipeline/artifacts.ts';
import { renderNotFoundPage, renderProgressPage, renderReportPage, REPORT_HEADERS } from '../../report/page.tsx';
import { pickExport, pickOpenApi, starterPath } from '../../scans/pick-export.ts';
import {
  findReport,
  readExports,
  readFirstFindings,
  readProgress,
  readReport,
  type ReportPlace,
} from '../../scans/read-report.ts';
import { readPass, VISIT_LIFE_MS, writePass } from '../../scans/report-ticket.ts';
import type { Scrubbed } from '../../scrubbing/brand.ts';
import { limitByAddress, readBearer } from '../auth.ts';
import type { HttpContext } from '../http-env.ts';
import { applyLimit } from '../limits.ts';
import { isLocal } from '../peer.ts';
import { newRouter, otherwise } from '../router.ts';

const tags = ['Reports'];
const COOKIE = 'recon_report';
const FILES = [
  'report.json',
  'openapi.json',
  'openapi.yaml',
  'api.md',
  'capture.har',
  'postman.json',
  'mcp.json',
  'report.html',
] as const;
/** Shown in the browser; the others are saved. */
const INLINE: ReadonlySet<string> = new Set(['report.json', 'openapi.json', 'openapi.yaml', 'api.md']);
const slugParam = slugSchema;
const access = 'Readable by its owner (key, or the cookie of a ticket) and, once shared, by anyone with the address.';

const page = createRoute({
  method: 'get',
  path: '/r/{slug}',
  tags,
  summary: 'The report as a page',
  description: access,
  middleware: limitByAddress,
  request: { params: z.object({ slug: slugParam }), query: z.object({ ticket: z.string().max(1000).optional() }) },
  responses: {
    200: { description: 'The report, or how far it is', content: { 'text/html': { schema: z.string() } } },
    302: { description: 'A ticket was taken; go on without it' },
    ...otherwise,
  },
});

const starter = createRoute({
  method: 'get',
  path: '/r/{slug}/starter/{language}',
  tags,
  summary: 'Starter code',
  description: access,
  middleware: limitByAddress,
  request: { params: z.object({ slug: slugParam, language: z.enum(['typescript', 'python']) }) },
  responses: { 200: { description: 'The code', content: { 'text/plain': { schema: z.string() } } }, ...otherwise },
});

const file = createRoute({
  method: 'get',
  path: '/r/{slug}/{file}',
  tags,
  summary: 'The report in another form',
  description: `${access} \`openapi.json\` and \`openapi.yaml\` describe one API origin: the first party’s, or the one in \`origin\`.`,
  middleware: limitByAddress,
  request: {
    params: z.object({ slug: slugParam, file: z.enum(FILES) }),
    query: z.object({ origin: z.url().optional() }),
  },
  responses: {
    200: {
      description: 'The file',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...otherwise,
  },
});

const noReport = (): AppError =>
  new AppError(
    'NOT_FOUND',
    'There is no report at this address, or it is not shared with you. Its owner opens it from the panel.',
  );

async function isOwner(c: HttpContext, slug: string, place: ReportPlace): Promise<boolean> {
  const deps = c.get('deps');
  if (deps.settings.localOwner && isLocal(c)) return true;
  const key = readBearer(c.req.header('authorization'));
  const actor = key === null ? null : await authenticateKey(deps, key, c.get('requestId'));
  if (actor?.accountId === place.accountId && actor.scopes.includes('scan')) return true;
  const cookie = getCookie(c, COOKIE);
  const pass = cookie === undefined ? null : await readPass(deps, cookie, { kind: 'visit', slug });
  return pass?.accountId === place.accountId;
}

/** The report's place when the asker may read it. Throws the same `NOT_FOUND` whether it is not there or not theirs. */
async function openReport(c: HttpContext, slug: string): Promise<ReportPlace> {
  const deps = c.get('deps');
  const place = await findReport(deps, slug);
  if (place === null) throw noReport();
  await applyLimit(c, 'slug', slug);
  if (!place.shared && !(await isOwner(c, slug, place))) throw noReport();
  return place;
}

function fileHeaders(found: ExportFile): Record<string, string> {
  const isText = /^text\/|json|yaml|openapi/.test(found.mediaType);
  const name = found.path.replace(/[^\w.-]/g, '_');
  return {
    ...REPORT_HEADERS,
    'Content-Type': isText ? `${found.mediaType}; charset=utf-8` : found.mediaType,
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Content-Disposition': `${INLINE.has(found.path.toLowerCase()) ? 'inline' : 'attachment'}; filename="${name}"`,
  };
}

async function findExport(
  c: HttpContext,
  slug: string,
  pick: (files: Scrubbed<ExportFile[]>) => Scrubbed<ExportFile> | undefined,
): Promise<Scrubbed<ExportFile>> {
  const files = await readExports(c.get('deps'), await openReport(c, slug));
  if (files === null)
    throw new AppError(
      'NOT_FOUND',
      'The report is not finished, so this file is not there yet. Its page shows how far it is.',
    );
  const found = pick(files);
  if (found === undefined) throw new AppError('NOT_FOUND', 'This report has no such file.');
  return found;
}

export const reportRoutes = newRouter()
  .openapi(page, async (c) => {
    const deps = c.get('deps');
    const { slug } = c.req.valid('param');
    const { ticket } = c.req.valid('query');
    if (ticket !== undefined) {
      const pass = await readPass(deps, ticket, { kind: 'link', slug });
      if (pass === null) throw noReport();
      const visit = writePass(deps, { ...pass, kind: 'visit', expiresAt: deps.now().getTime() + VISIT_LIFE_MS });
      setCookie(c, COOKIE, visit, {
        path: `/r/${slug}`,
        httpOnly: true,
        sameSite: 'Lax',
        secure: deps.links().reports.startsWith('https:'),
        maxAge: VISIT_LIFE_MS / 1000,
      });
      return c.redirect(`/r/${slug}`, 302);
    }
    const place = await openReport(c, slug).catch((error: unknown) => {
      const wantsPage = c.req.header('accept')?.includes('text/html') === true;
      if (wantsPage && isAppError(error) && error.code === 'NOT_FOUND') return null;
      throw error;
    });
    if (place === null) return c.html(renderNotFoundPage(), 404, REPORT_HEADERS);
    const report = await readReport(deps, place);
    const visibility = place.shared ? 'Anyone with the address' : 'Only you';
    if (report === null) {
      const progress = await readProgress(deps, place);
      const findings =
        progress.scan.status === 'processing' ? await readFirstFindings(deps, place, progress.scan) : null;
      if (findings === null) return c.html(renderProgressPage(progress), 200, REPORT_HEADERS);
      const underWay = progress.events.at(-1)?.message ?? 'step by step';
      return c.html(renderReportPage(findings, { underWay, visibility }), 200, REPORT_HEADERS);
    }
    return c.html(renderReportPage(report, { downloadBase: `/r/${slug}/`, visibility }), 200, REPORT_HEADERS);
  })
  .openapi(starter, async (c) => {
    const { slug, language } = c.req.valid('param');
    const found = await findExport(c, slug, (files) => pickExport(files, starterPath(language) ?? ''));
    return c.text(found.text, 200, fileHeaders(found));
  })
  .openapi(file, async (c) => {
    const { slug, file: path } = c.req.valid('param');
    const { origin } = c.req.valid('query');
    const found = await findExport(c, slug, (files) => {
      if (path === 'openapi.json') return pickOpenApi(files, 'json', origin ?? null);
      if (path === 'openapi.yaml') return pickOpenApi(files, 'yaml', origin ?? null);
      return pickExport(files, path);
    });
    return c.body(found.text, 200, fileHeaders(found));
  });
