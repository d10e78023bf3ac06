import type { Vendor } from '../signature.ts';

export const bunny: Vendor = {
  id: 'bunny',
  name: 'Bunny',
  category: 'cdn',
  severity: { present: 0, active: 2 },
  meaning: {
    present: 'Bunny delivers this site. By itself it does not stop an HTTP client.',
    active: 'Bunny answered with an error or block page in this recording.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^bunny/i,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
