import type { Vendor } from '../signature.ts';

export const variti: Vendor = {
  id: 'variti',
  name: 'Variti',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Variti filters requests to this site; ordinary reads usually pass.',
    active: 'Variti refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^variti/i,
      weight: 80,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
