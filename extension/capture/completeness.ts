import type { CaptureLine } from '#shared/capture.ts';

/** Without access to hosts the browser does not tell what it sent, so nothing can be compared. */
export function completenessLine(t: number): CaptureLine {
  return { k: 'completeness', t, checked: false, browserRequests: 0 };
}
