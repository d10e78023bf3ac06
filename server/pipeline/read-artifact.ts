import type { BlobStore } from '../blobs/store.ts';
import { asAccount, type Database } from '../db/client.ts';
import { readCheckpoints } from '../db/run-rows.ts';
import type { ArtifactName, Artifacts, ExportFile } from './artifacts.ts';
import { createBlobArtifacts } from './blob-artifacts.ts';

/** The artifacts that never held a raw value; only they are read outside a run. */
export type OpenArtifactName = Exclude<ArtifactName, 'raw_exchanges' | 'dictionary'>;

export interface ArtifactQuery {
  accountId: string;
  scanId: string;
}

/** A scrubbed artifact of a scan, parsed; null when no finished step wrote it (yet) or the account has no such scan. */
export async function readArtifact<N extends OpenArtifactName>(
  { db, blobs }: { db: Database; blobs: BlobStore },
  { accountId, scanId }: ArtifactQuery,
  name: N,
): Promise<Artifacts[N] | null> {
  const rows = await asAccount(db, accountId, (tx) => readCheckpoints(tx, scanId));
  const ref = rows.map((row) => row.artifacts[name]).find((found) => found !== undefined);
  return ref ? createBlobArtifacts({ blobs, accountId, scanId, vault: null }).read(name, ref) : null;
}

/** One downloadable file of a finished report by its path (`openapi.yaml`), or null. */
export async function readExport(
  deps: { db: Database; blobs: BlobStore },
  query: ArtifactQuery,
  path: string,
): Promise<ExportFile | null> {
  const files = await readArtifact(deps, query, 'exports');
  return files?.find((file) => file.path === path) ?? null;
}
