import type { Exchange } from '#shared/exchange.ts';
import type { Report } from '#shared/report.ts';
import type { ExportFile } from '../pipeline/artifacts.ts';
import type { Scrubbed } from '../scrubbing/brand.ts';

/** One download format. A pure function of the report and the scrubbed exchanges; the same input gives the same bytes. */
export interface Exporter {
  /** The file's name in this folder, and what `recon export` calls it. */
  id: string;
  /** For people, in the list of downloads. */
  title: string;
  /** What it is good for, in one sentence. */
  description: string;
  /** Files that are always written, the one to open first at the head. A format may write more beside them. */
  paths: readonly [string, ...string[]];
  /** Media type of the first file; each file carries its own. */
  mediaType: string;
  write: (report: Scrubbed<Report>, exchanges: Scrubbed<Exchange[]>) => ExportFile[];
}
