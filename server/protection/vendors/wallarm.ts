import type { Vendor } from '../signature.ts';

export const wallarm: Vendor = {
  id: 'wallarm',
  name: 'Wallarm',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Wallarm filters requests to this site; ordinary reads usually pass.',
    active: 'Wallarm refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /wallarm/i,
      weight: 80,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
