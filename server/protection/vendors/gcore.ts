import type { Vendor } from '../signature.ts';

export const gcore: Vendor = {
  id: 'gcore',
  name: 'Gcore',
  category: 'cdn',
  severity: { present: 0, active: 2 },
  meaning: {
    present: 'Gcore delivers this site. By itself it does not stop an HTTP client.',
    active: 'Gcore answered with an error or block page in this recording.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^gcore/i,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
