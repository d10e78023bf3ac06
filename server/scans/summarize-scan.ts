import type { ScanSummary } from '#shared/api.ts';
import type { ScanRow } from '../db/scan-rows.ts';
import { reportUrl, type Links } from './scan-links.ts';

export const summarizeScan = (row: ScanRow, links: Links): ScanSummary => ({
  scanId: row.id,
  status: row.status,
  targetUrl: row.targetUrl,
  intentText: row.intentText,
  starterTemplate: row.starterTemplate,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  failedStep: row.failedStep,
  reportUrl: reportUrl(links, row.slug),
  verdict: row.verdict,
});
