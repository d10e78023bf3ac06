import type { Report } from '#shared/report.ts';
import { asAccount } from '../db/client.ts';
import { findSlug } from '../db/lookups.ts';
import { readEvents, type ScanRow } from '../db/scan-rows.ts';
import type { ScanEvent } from '#shared/events.ts';
import type { Deps } from '../deps.ts';
import { readEarlyReport } from '../pipeline/early-report.ts';
import { readArtifact } from '../pipeline/read-artifact.ts';
import type { ExportFile } from '../pipeline/artifacts.ts';
import type { Scrubbed } from '../scrubbing/brand.ts';
import { findScan } from './find-scan.ts';

/** Far more than any scan has. */
const MAX_EVENTS = 5000;

/** A report by its address, and who may read it beside its owner. */
export interface ReportPlace {
  scanId: string;
  accountId: string;
  shared: boolean;
}

/** Null when no scan has this slug. */
export async function findReport(deps: Pick<Deps, 'db' | 'now'>, slug: string): Promise<ReportPlace | null> {
  const found = await findSlug(deps.db, slug);
  if (found === null || found.status === 'erased') return null;
  const shared = found.sharedAt !== null && (found.shareExpiresAt === null || found.shareExpiresAt > deps.now());
  return { scanId: found.scanId, accountId: found.accountId, shared };
}

export const readReport = (deps: Pick<Deps, 'db' | 'blobs'>, place: ReportPlace): Promise<Scrubbed<Report> | null> =>
  readArtifact(deps, place, 'report');

export const readExports = (
  deps: Pick<Deps, 'db' | 'blobs'>,
  place: ReportPlace,
): Promise<Scrubbed<ExportFile[]> | null> => readArtifact(deps, place, 'exports');

/** What is known of a scan whose report is not written yet; null before its endpoints are sorted. */
export const readFirstFindings = (
  deps: Pick<Deps, 'db' | 'blobs' | 'now'>,
  place: ReportPlace,
  scan: ScanRow,
): Promise<Scrubbed<Report> | null> =>
  readEarlyReport(deps, place, {
    scanId: scan.id,
    targetUrl: scan.targetUrl,
    intentText: scan.intentText,
    starterTemplate: scan.starterTemplate,
    consent: scan.consent,
    createdAt: scan.createdAt.toISOString(),
  });

/** Where a scan stands whose report is not there; its messages hold nothing captured. */
export function readProgress(
  deps: Pick<Deps, 'db'>,
  place: ReportPlace,
): Promise<{ scan: ScanRow; events: ScanEvent[] }> {
  return asAccount(deps.db, place.accountId, async (tx) => ({
    scan: await findScan(tx, place.scanId),
    events: await readEvents(tx, place.scanId, 0, MAX_EVENTS),
  }));
}
