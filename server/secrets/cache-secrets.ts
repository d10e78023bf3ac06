import type { ProxySecrets, SecretSource } from './source.ts';

export interface CachedSecrets extends SecretSource {
  /** Forgets what is known, so that the next `load` reads the place again; after a refused credential or on request. */
  expire(): void;
}

/**
 * Remembers what a source gave for `ttlMs`. When a later reading fails, what was known is used for up to `staleMs` more, and
 * the place is asked again after `retryMs`; with nothing known the failure is thrown.
 */
export function cacheSecrets(
  source: SecretSource,
  options: { ttlMs: number; staleMs: number; retryMs: number; now: () => number },
): CachedSecrets {
  let known: { secrets: ProxySecrets; readAt: number } | null = null;
  let freshUntil = 0;
  let reading: Promise<ProxySecrets> | null = null;

  const read = async (): Promise<ProxySecrets> => {
    try {
      const secrets = await source.load();
      known = { secrets, readAt: options.now() };
      freshUntil = known.readAt + options.ttlMs;
      return secrets;
    } catch (error) {
      if (known === null || options.now() - known.readAt > options.ttlMs + options.staleMs) throw error;
      freshUntil = options.now() + options.retryMs;
      return known.secrets;
    } finally {
      reading = null;
    }
  };

  return {
    name: source.name,
    load: () => {
      if (known !== null && options.now() < freshUntil) return Promise.resolve(known.secrets);
      reading ??= read();
      return reading;
    },
    expire: () => {
      freshUntil = 0;
    },
  };
}
