import { createFilesystemStore } from './filesystem.ts';
import { createS3Store, type S3StoreOptions } from './s3.ts';
import type { BlobStore } from './store.ts';

/** Which store, as plain data that may cross to a worker thread. */
export type BlobSettings = { kind: 'filesystem'; dir: string } | ({ kind: 's3' } & S3StoreOptions);

export const openBlobs = (settings: BlobSettings): BlobStore =>
  settings.kind === 'filesystem' ? createFilesystemStore(settings) : createS3Store(settings);
