import type { z } from 'zod';
import type { scanLimitsSchema } from '#shared/api.ts';
import type { Deps } from '../deps.ts';

/** What a client must keep to while it uploads. */
export function scanLimits({ settings }: Pick<Deps, 'settings'>): z.infer<typeof scanLimitsSchema> {
  const { segmentBytes, segmentExpandedBytes, scanBytes, scanExpandedBytes, warnBytes } = settings.limits;
  return { segmentBytes, segmentExpandedBytes, scanBytes, scanExpandedBytes, warnBytes };
}
