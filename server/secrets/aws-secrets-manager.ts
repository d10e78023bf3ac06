import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AppError, systemCode } from '../errors.ts';
import { parseProxySecrets, type SecretSource } from './source.ts';

export interface AwsSecretsOptions {
  /** ARN of the secret whose string is a JSON object with the proxy fields. */
  secretArn: string;
  /** Other than AWS's own, for a private endpoint. */
  endpoint?: string;
  /** The SDK's default chain when absent. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

const failure = (error: unknown): string =>
  error instanceof Error && error.name !== 'Error' ? error.name : (systemCode(error) ?? 'unknown reason');

/** Reads the proxy settings from AWS Secrets Manager; the region is the ARN's. */
export function awsSecretsManager(options: AwsSecretsOptions): SecretSource {
  const where = 'The proxy secret in AWS Secrets Manager';
  const region = options.secretArn.split(':')[3];
  if (!/^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d*:secret:.+$/.test(options.secretArn) || region === undefined)
    throw new AppError('UNAVAILABLE', 'PROXY_SECRET_ARN is not the ARN of a Secrets Manager secret.');
  const client = new SecretsManagerClient({
    region,
    maxAttempts: 3,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  });
  return {
    name: 'AWS Secrets Manager',
    load: async () => {
      const answer = await client
        .send(new GetSecretValueCommand({ SecretId: options.secretArn }))
        .catch((error: unknown) => {
          throw new AppError('UNAVAILABLE', `${where} could not be read (${failure(error)}).`);
        });
      let fields: unknown;
      try {
        fields = JSON.parse(answer.SecretString ?? '');
      } catch {
        throw new AppError('UNAVAILABLE', `${where} is not JSON.`);
      }
      return parseProxySecrets(fields, where);
    },
  };
}
