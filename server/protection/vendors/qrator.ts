import type { Vendor } from '../signature.ts';

export const qrator: Vendor = {
  id: 'qrator',
  name: 'Qrator',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Qrator filters requests to this site; ordinary reads usually pass.',
    active: 'Qrator refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^qrator/i,
      weight: 80,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
