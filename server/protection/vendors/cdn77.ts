import type { Vendor } from '../signature.ts';

export const cdn77: Vendor = {
  id: 'cdn77',
  name: 'CDN77',
  category: 'cdn',
  severity: { present: 0, active: 2 },
  meaning: {
    present: 'CDN77 delivers this site. By itself it does not stop an HTTP client.',
    active: 'CDN77 answered with an error or block page in this recording.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^cdn77/i,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
