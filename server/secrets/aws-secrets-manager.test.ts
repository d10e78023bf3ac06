import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { awsSecretsManager } from './aws-secrets-manager.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:proxies-AbCdEf';
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' };
const URL_ONE = 'http://user:pw-one@proxy.example:8080';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Checks a Signature Version 4 `authorization` header of a POST to `/`. */
function isSigned(headers: Record<string, string | string[] | undefined>, body: string): boolean {
  const [, date = '', region = '', service = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      String(headers['authorization']),
    ) ?? [];
  const canonical = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const request = ['POST', '/', '', canonical.join(''), names, sha256(body)].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(request)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>(
    (last, part) => hmac(last, part),
    hmac(`AWS4${KEYS.secretAccessKey}`, date),
  );
  return hmac(key, text).toString('hex') === signature && region === 'eu-central-1' && service === 'secretsmanager';
}

async function startSecretsManager(
  secrets: Record<string, string>,
  failFirst = 0,
): Promise<{ endpoint: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((message, response) => {
    let body = '';
    message.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    message.on('end', () => {
      const answer = (status: number, value: object) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(value));
      };
      asked.push(String(message.headers['x-amz-target']));
      if (asked.length <= failFirst) {
        answer(500, { __type: 'InternalServiceError', message: 'try again' });
        return;
      }
      if (!isSigned(message.headers, body)) {
        answer(400, { __type: 'InvalidSignatureException', message: 'bad signature' });
        return;
      }
      const id = z.object({ SecretId: z.string() }).parse(JSON.parse(body)).SecretId;
      const text = secrets[id];
      if (text === undefined) answer(400, { __type: 'ResourceNotFoundException', message: `no ${id}` });
      else answer(200, { ARN: id, Name: 'proxies', SecretString: text, VersionStages: ['AWSCURRENT'] });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const bound = server.address();
  return { endpoint: `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`, asked };
}

test('reads the secret with a signed request, retrying a server fault', async () => {
  const { endpoint, asked } = await startSecretsManager(
    { [ARN]: JSON.stringify({ DATACENTER_PROXY: URL_ONE, RESIDENTIAL_PROXY_ROTATION_MODE: 'sticky' }) },
    1,
  );
  const secrets = await awsSecretsManager({ secretArn: ARN, endpoint, credentials: KEYS }).load();
  expect(secrets.datacenter?.url.reveal()).toBe(URL_ONE);
  expect(secrets.datacenter?.rotation).toBe('sticky');
  expect(asked).toEqual(['secretsmanager.GetSecretValue', 'secretsmanager.GetSecretValue']);
});

test.each([
  [{}, KEYS, 'could not be read (ResourceNotFoundException)'],
  [{ [ARN]: '{}' }, { ...KEYS, secretAccessKey: 'another' }, 'could not be read (InvalidSignatureException)'],
  [{ [ARN]: 'pw-one' }, KEYS, 'is not JSON'],
  [{ [ARN]: '{"DATACENTER_PROXY":"pw-one"}' }, KEYS, 'DATACENTER_PROXY is not an http or https proxy address'],
])('fails with a reason and without a value (%#)', async (secrets, credentials, message) => {
  const { endpoint } = await startSecretsManager(secrets);
  const error = await awsSecretsManager({ secretArn: ARN, endpoint, credentials })
    .load()
    .catch((caught: unknown) => caught);
  expect(String(error)).toContain(message);
  expect(String(error)).not.toContain('pw-one');
});

test('refuses what is not the ARN of a secret', () => {
  expect(() => awsSecretsManager({ secretArn: 'proxies' })).toThrow('PROXY_SECRET_ARN is not the ARN');
});
