import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createKmsKeyWrapper } from './kms-key-wrapper.ts';

const bodySchema = z.object({
  KeyId: z.string(),
  Plaintext: z.string().optional(),
  CiphertextBlob: z.string().optional(),
  EncryptionContext: z.record(z.string(), z.string()),
});

/** The two calls of the key service, with its rule: what was sealed under a context opens under the same one only. */
const service = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const sum = createHash('sha256')
      .update(JSON.stringify([body.KeyId, body.EncryptionContext]))
      .digest('hex');
    const answer = (status: number, value: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(value));
    };
    if (request.headers['x-amz-target'] === 'TrentService.Encrypt') {
      const sealed = Buffer.from(JSON.stringify({ sum, plain: body.Plaintext })).toString('base64');
      answer(200, { CiphertextBlob: sealed, KeyId: body.KeyId });
      return;
    }
    const sealed = z
      .object({ sum: z.string(), plain: z.string() })
      .parse(JSON.parse(Buffer.from(body.CiphertextBlob ?? '', 'base64').toString()));
    if (sealed.sum === sum) answer(200, { Plaintext: sealed.plain, KeyId: body.KeyId });
    else answer(400, { __type: 'InvalidCiphertextException' });
  });
});

describe('KMS key wrapper', () => {
  let client: KMSClient;
  beforeAll(async () => {
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const address = service.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'local' };
    const endpoint = `http://127.0.0.1:${address.port}`;
    client = new KMSClient({ region: 'eu-west-1', endpoint, credentials, maxAttempts: 1 });
  });
  afterAll(() => {
    client.destroy();
    service.close();
  });

  it('gives back what it wrapped, to the same scan only', async () => {
    const wrapper = createKmsKeyWrapper({ client, keyId: 'alias/recon' });
    const key = new Uint8Array(32).fill(7);
    const wrapped = await wrapper.wrap(key, 'scan-a');
    expect(await wrapper.unwrap(wrapped, 'scan-a')).toEqual(key);
    await expect(wrapper.unwrap(wrapped, 'scan-b')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
