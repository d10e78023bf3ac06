import type { Vendor } from '../signature.ts';

export const keycdn: Vendor = {
  id: 'keycdn',
  name: 'KeyCDN',
  category: 'cdn',
  severity: { present: 0, active: 2 },
  meaning: {
    present: 'KeyCDN delivers this site. By itself it does not stop an HTTP client.',
    active: 'KeyCDN answered with an error or block page in this recording.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^keycdn/i,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
