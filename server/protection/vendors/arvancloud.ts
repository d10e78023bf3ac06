import type { Vendor } from '../signature.ts';

export const arvancloud: Vendor = {
  id: 'arvancloud',
  name: 'ArvanCloud',
  category: 'cdn',
  severity: { present: 0, active: 2 },
  meaning: {
    present: 'ArvanCloud delivers this site. By itself it does not stop an HTTP client.',
    active: 'ArvanCloud answered with an error or block page in this recording.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^arvancloud/i,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
