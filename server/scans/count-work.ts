import { countScans } from '../db/lookups.ts';
import type { Deps } from '../deps.ts';

export interface WorkGauge {
  name: string;
  help: string;
  values: { labels: Record<string, string>; value: number }[];
}

/** How much waits and how much is done, over all accounts; numbers only. */
export async function countWork(deps: Pick<Deps, 'db' | 'queue'>): Promise<WorkGauge[]> {
  const [scans, queue] = await Promise.all([countScans(deps.db), deps.queue.counts()]);
  return [
    {
      name: 'recon_scans',
      help: 'Scans by status.',
      values: scans.map(({ status, count }) => ({ labels: { status }, value: count })),
    },
    {
      name: 'recon_queue_jobs',
      help: 'Jobs by state.',
      values: Object.entries(queue).map(([state, value]) => ({ labels: { state }, value })),
    },
  ];
}
