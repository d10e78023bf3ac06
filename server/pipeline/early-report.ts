import type { Report } from '#shared/report.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Database } from '../db/client.ts';
import { asScrubbed, type Scrubbed } from '../scrubbing/brand.ts';
import { readArtifact, type ArtifactQuery } from './read-artifact.ts';
import type { ScanFacts } from './step.ts';
import { assembleReport } from './steps/render/assemble-report.ts';
import { synthesisStep } from './steps/synthesis/index.ts';
import { validationStep } from './steps/validation/index.ts';

const UNDER_WAY = asScrubbed('The replays are still under way.');

/**
 * What is known before the report is written: from `intent_filter` on, without exchanges (no timeline, no recorded examples)
 * and without a model. Null as long as the endpoints are not sorted.
 */
export async function readEarlyReport(
  deps: { db: Database; blobs: BlobStore; now: () => Date },
  query: ArtifactQuery,
  scan: ScanFacts,
): Promise<Scrubbed<Report> | null> {
  const buckets = await readArtifact(deps, query, 'buckets');
  const [clean_inventory, clean_facts, clean_protections, scrubbing] = await Promise.all([
    readArtifact(deps, query, 'clean_inventory'),
    readArtifact(deps, query, 'clean_facts'),
    readArtifact(deps, query, 'clean_protections'),
    readArtifact(deps, query, 'scrubbing'),
  ]);
  if (!buckets || !clean_inventory || !clean_facts || !clean_protections || !scrubbing) return null;
  const validation =
    (await readArtifact(deps, query, 'validation')) ?? validationStep.empty({ scan, reason: UNDER_WAY })?.validation;
  if (!validation) return null;
  const known = {
    clean_inventory,
    clean_facts,
    clean_protections,
    buckets,
    validation,
    clean_exchanges: asScrubbed([]),
  };
  const input = {
    scan,
    signal: new AbortController().signal,
    now: deps.now,
    progress: () => Promise.resolve(),
  };
  const { artifacts } = await synthesisStep.run({ ...input, artifacts: known, ports: { model: null } });
  return assembleReport({ ...input, artifacts: { ...known, scrubbing, narrative: artifacts.narrative }, ports: {} }, 0);
}
