import { z } from 'zod';
import type { Tier } from '#shared/report.ts';
import { AppError } from '../errors.ts';
import { Secret } from './secret.ts';

export type Rotation = 'sticky' | 'rotating';
/** An upstream proxy: its URL with credentials, and whether it keeps one address or changes it with each connection. */
export interface ProxySecret {
  url: Secret;
  rotation: Rotation;
}
export interface ProxySecrets {
  datacenter: ProxySecret | null;
  residential: ProxySecret | null;
}

/** Where the operator keeps the upstream proxies. `load` reads the place anew each time; `cacheSecrets` remembers. */
export interface SecretSource {
  /** Shown to operators; holds no secret. */
  readonly name: string;
  load(): Promise<ProxySecrets>;
}

const isProxyUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const proxyUrl = z.string().refine(isProxyUrl, 'is not an http or https proxy address').or(z.literal(''));
const rotation = z.enum(['sticky', 'rotating']);
const fieldsSchema = z.object({
  DATACENTER_PROXY: proxyUrl.optional(),
  RESIDENTIAL_PROXY: proxyUrl.optional(),
  DATACENTER_PROXY_ROTATION_MODE: rotation.default('sticky'),
  RESIDENTIAL_PROXY_ROTATION_MODE: rotation.default('rotating'),
});

const toProxy = (url: string | undefined, mode: Rotation): ProxySecret | null =>
  url === undefined || url === '' ? null : { url: new Secret(url), rotation: mode };

/** Checks the named fields; an error names the field and what is wrong with it, never its value. */
export function parseProxySecrets(fields: unknown, where: string): ProxySecrets {
  const parsed = fieldsSchema.safeParse(fields);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    const what =
      issue?.code === 'custom' || issue?.code === 'invalid_union'
        ? 'is not an http or https proxy address'
        : 'has a value that is not allowed';
    throw new AppError(
      'UNAVAILABLE',
      field === '' ? `${where} does not hold the proxy settings as fields.` : `${where}: ${field} ${what}.`,
    );
  }
  const { data } = parsed;
  return {
    datacenter: toProxy(data.DATACENTER_PROXY, data.DATACENTER_PROXY_ROTATION_MODE),
    residential: toProxy(data.RESIDENTIAL_PROXY, data.RESIDENTIAL_PROXY_ROTATION_MODE),
  };
}

/** The proxy URL of a tier, for the egress guard; null when the operator has none. */
export async function upstreamOf(source: { load(): Promise<ProxySecrets> }, tier: Tier): Promise<string | null> {
  if (tier === 'none') return null;
  return (await source.load())[tier]?.url.reveal() ?? null;
}
