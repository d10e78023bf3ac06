import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { measure, requireExpected, type Measured } from './measure.ts';
import { BlobMismatch, BlobMissing, BlobUnavailable, checkKey, type BlobEntry, type BlobStore } from './store.ts';

export interface S3StoreOptions {
  bucket: string;
  region: string;
  /** For stores other than AWS; addressed by path. */
  endpoint?: string | undefined;
  /** Encrypts every object with this key (SSE-KMS). */
  kmsKeyId?: string | undefined;
  /** Absent: the SDK's own chain (role, environment, profile). */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Streams are written here first, because an upload must know its length and checksum. */
  spoolDir: string;
  /** Tries per request; three when absent. */
  maxAttempts?: number | undefined;
}

function translate(error: unknown): unknown {
  if (error instanceof BlobMismatch) return error;
  if (error instanceof S3ServiceException) {
    const status = error.$metadata.httpStatusCode ?? 0;
    if (error.name === 'NoSuchKey' || (error.name === 'NotFound' && status === 404)) return new BlobMissing();
    if (error.name === 'BadDigest') return new BlobMismatch();
    return new BlobUnavailable(error.name);
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return new BlobUnavailable(error.code);
  return error instanceof Error && /Timeout|Credentials/.test(error.name) ? new BlobUnavailable(error.name) : error;
}

const safely = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
};

async function spool(file: string, source: AsyncIterable<Uint8Array>): Promise<Measured> {
  const measured = measure(source);
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of measured.stream) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
  return measured.result();
}

/** The SDK does not try a stream again, and says so on the console; here every try reads the spooled file anew. */
const QUIET = { trace: noop, debug: noop, info: noop, warn: noop, error: noop };
function noop(): void {
  return undefined;
}

const isPassing = (error: unknown): boolean => {
  if (!(error instanceof S3ServiceException)) return error instanceof Error && 'code' in error;
  const status = error.$metadata.httpStatusCode ?? 0;
  return status >= 500 || status === 429;
};

async function retrying<T>(tries: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || !isPassing(error)) throw error;
      await setTimeout(100 * 2 ** attempt);
    }
  }
}

const checksumText = (crc: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc >>> 0);
  return bytes.toString('base64');
};

/** Blobs as objects of one bucket. Uploads carry length and CRC32, which every S3-compatible store understands. */
export function createS3Store(options: S3StoreOptions): BlobStore {
  const { bucket, spoolDir, kmsKeyId } = options;
  const tries = options.maxAttempts ?? 3;
  const client = new S3Client({
    region: options.region,
    maxAttempts: tries,
    logger: QUIET,
    ...(options.endpoint ? { endpoint: options.endpoint, forcePathStyle: true } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
  });
  const encryption = kmsKeyId
    ? ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId, BucketKeyEnabled: true } as const)
    : {};

  return {
    put: (key, source, expected) =>
      safely(async () => {
        checkKey(key);
        await mkdir(spoolDir, { recursive: true, mode: 0o700 });
        const file = path.join(spoolDir, `${randomUUID()}.spool`);
        try {
          const measured = await spool(file, source);
          requireExpected(measured, expected);
          await retrying(tries, () =>
            client.send(
              new PutObjectCommand({
                Bucket: bucket,
                Key: key,
                Body: createReadStream(file),
                ContentLength: measured.bytes,
                ChecksumCRC32: checksumText(measured.crc32),
                ...encryption,
              }),
            ),
          );
          return { bytes: measured.bytes, sha256: measured.sha256 };
        } finally {
          await rm(file, { force: true });
        }
      }),
    get: (key) =>
      safely(async () => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: checkKey(key) }));
        if (!(Body instanceof Readable)) throw new BlobMissing();
        return Body;
      }),
    head: (key) =>
      safely(async () => {
        try {
          const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: checkKey(key) }));
          return { bytes: found.ContentLength ?? 0 };
        } catch (error) {
          if (translate(error) instanceof BlobMissing) return null;
          throw error;
        }
      }),
    delete: (key) =>
      safely(async () => {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: checkKey(key) }));
      }),
    async *list(prefix): AsyncGenerator<BlobEntry> {
      let token: string | undefined;
      do {
        const page = await safely(() =>
          client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token })),
        );
        for (const entry of page.Contents ?? [])
          if (entry.Key)
            yield { key: entry.Key, bytes: entry.Size ?? 0, modifiedAt: entry.LastModified ?? new Date(0) };
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token);
    },
    check: () =>
      safely(async () => {
        await client.send(new HeadBucketCommand({ Bucket: bucket }));
      }),
  };
}
