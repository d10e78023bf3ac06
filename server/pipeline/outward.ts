import { z } from 'zod';
import { startEgressGuard } from '../egress/guard.ts';
import { createModelPort } from '../model/claude.ts';
import { createLeakGate } from '../scrubbing/leak-gate.ts';
import { awsSecretsManager } from '../secrets/aws-secrets-manager.ts';
import { cacheSecrets, type CachedSecrets } from '../secrets/cache-secrets.ts';
import { environmentFile } from '../secrets/environment-file.ts';
import { upstreamOf, type SecretSource } from '../secrets/source.ts';
import type { Outward, OutwardContext } from './thread.ts';

/** Where a scan's thread may reach, as plain data that crosses to it. */
export const outwardSettingsSchema = z.object({
  /** `host:port` of private targets that the operator allows. */
  allowPrivate: z.array(z.string()).readonly(),
  /** Secret of AWS Secrets Manager that holds the upstream proxies. */
  proxySecretArn: z.string().nullable(),
  /** File of `NAME=value` lines that holds them, when there is no such secret. */
  proxySecretFile: z.string().nullish(),
  model: z.object({ apiKey: z.string(), baseUrl: z.string().optional(), name: z.string().optional() }).nullable(),
});
export type OutwardSettings = z.infer<typeof outwardSettingsSchema>;

/** Tokens that one scan may use of the model. */
const BUDGET_TOKENS = 400_000;
const MINUTE_MS = 60_000;
const NO_PROXIES: SecretSource = {
  name: 'none',
  load: () => Promise.resolve({ datacenter: null, residential: null }),
};

function proxies(settings: OutwardSettings): CachedSecrets {
  const { proxySecretArn, proxySecretFile } = settings;
  const source = proxySecretArn
    ? awsSecretsManager({ secretArn: proxySecretArn })
    : proxySecretFile
      ? environmentFile(proxySecretFile, { platform: process.platform })
      : NO_PROXIES;
  return cacheSecrets(source, { ttlMs: 5 * MINUTE_MS, staleMs: 60 * MINUTE_MS, retryMs: MINUTE_MS, now: Date.now });
}

/** Opens the guard and the model when a step first asks; the model only with the user's consent and an armed leak gate. */
export function openOutward(given: unknown, { scan, readDictionary }: OutwardContext): Outward {
  const settings = outwardSettingsSchema.parse(given);
  let guard: ReturnType<typeof startEgressGuard> | null = null;
  return {
    egress: () => {
      const secrets = proxies(settings);
      guard ??= startEgressGuard({
        allowPrivate: settings.allowPrivate,
        upstream: (tier) => upstreamOf(secrets, tier),
        onUpstreamFailure: () => secrets.expire(),
      });
      return guard;
    },
    model: async () => {
      if (!settings.model || !scan.consent?.model) return null;
      const dictionary = await readDictionary();
      if (!dictionary) return null;
      const gate = createLeakGate(dictionary);
      return createModelPort({
        apiKey: settings.model.apiKey,
        baseUrl: settings.model.baseUrl,
        model: settings.model.name,
        budgetTokens: BUDGET_TOKENS,
        leakCheck: (text) => gate.find(text).length > 0,
      });
    },
    close: async () => {
      await (await guard)?.close();
    },
  };
}
