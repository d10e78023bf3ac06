import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { AppError } from '../errors.ts';
import type { KeyWrapper } from './key-wrapper.ts';

export interface KmsKeyWrapperOptions {
  client: Pick<KMSClient, 'send'>;
  /** Id, ARN or alias of a symmetric key. */
  keyId: string;
}

const refused = (cause: unknown) =>
  new AppError('UNAVAILABLE', 'The key service refused or cannot be reached.', { cause });

/** Wraps under a key of AWS KMS, with the scan's id as encryption context. */
export function createKmsKeyWrapper({ client, keyId }: KmsKeyWrapperOptions): KeyWrapper {
  return {
    wrap: async (plain, scanId) => {
      const answer = await client
        .send(new EncryptCommand({ KeyId: keyId, Plaintext: plain, EncryptionContext: { scan: scanId } }))
        .catch((error: unknown) => {
          throw refused(error);
        });
      if (!answer.CiphertextBlob) throw refused('empty answer');
      return answer.CiphertextBlob;
    },
    unwrap: async (wrapped, scanId) => {
      const answer = await client
        .send(new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: { scan: scanId } }))
        .catch((error: unknown) => {
          throw refused(error);
        });
      if (!answer.Plaintext) throw refused('empty answer');
      return answer.Plaintext;
    },
  };
}
