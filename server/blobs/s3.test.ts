import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startS3Server, type S3Server } from '../testing/s3-server.ts';
import { createS3Store, type S3StoreOptions } from './s3.ts';
import { describeStore } from './store.case.ts';
import { BlobUnavailable } from './store.ts';

const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'local-secret-of-the-test' };
const KMS_KEY = 'arn:aws:kms:eu-west-1:000000000000:key/blobs';

const openServer = async () => {
  const server = await startS3Server({ ...credentials, buckets: ['captures'], kmsKeys: [KMS_KEY], pageSize: 7 });
  const spoolDir = await mkdtemp(path.join(os.tmpdir(), 'recon-spool-'));
  const options: S3StoreOptions = {
    bucket: 'captures',
    region: 'eu-west-1',
    endpoint: server.url,
    credentials,
    spoolDir,
    maxAttempts: 1,
  };
  const close = async () => {
    await server.close();
    await rm(spoolDir, { recursive: true, force: true });
  };
  return { server, options, close };
};

describeStore('S3', async () => {
  const { server, options, close } = await openServer();
  return {
    store: createS3Store(options),
    breakIt: () => server.fail({ status: 503, code: 'SlowDown' }),
    mendIt: () => server.fail(null),
    close,
  };
});

describe('S3 store', () => {
  let server: S3Server;
  let options: S3StoreOptions;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ server, options, close } = await openServer());
  });
  afterAll(() => close());
  const put = (changed: Partial<S3StoreOptions>, key = 'a/b') =>
    createS3Store({ ...options, ...changed }).put(key, Readable.from([Buffer.from('hello')]));

  it('is refused with a wrong secret or key id', async () => {
    const wrongSecret = { ...credentials, secretAccessKey: 'another' };
    await expect(put({ credentials: wrongSecret })).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
    const wrongId = { ...credentials, accessKeyId: 'OTHER' };
    await expect(put({ credentials: wrongId })).rejects.toMatchObject({ code: 'InvalidAccessKeyId' });
  });

  it('encrypts with the key it is given, and only with one that exists', async () => {
    await put({ kmsKeyId: KMS_KEY }, 'kms/a');
    expect(server.encryptionOf('captures', 'kms/a')).toEqual({
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': KMS_KEY,
    });
    await expect(put({ kmsKeyId: 'arn:other' }, 'kms/b')).rejects.toBeInstanceOf(BlobUnavailable);
  });

  it('tries again when the store is busy for a moment', async () => {
    server.fail({ status: 503, code: 'SlowDown' }, 2);
    await put({ maxAttempts: 3 }, 'busy/a');
    server.fail({ status: 503, code: 'SlowDown' }, 2);
    await expect(put({ maxAttempts: 2 }, 'busy/b')).rejects.toMatchObject({ code: 'SlowDown' });
  });

  it('leaves nothing in the spool', async () => {
    await put({});
    await expect(put({ bucket: 'absent' })).rejects.toMatchObject({ code: 'NoSuchBucket' });
    expect(await readdir(options.spoolDir)).toEqual([]);
  });
});
