import type { Vendor } from '../signature.ts';

export const link11: Vendor = {
  id: 'link11',
  name: 'Link11 WAAP',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Link11 WAAP filters requests to this site; ordinary reads usually pass.',
    active: 'Link11 WAAP refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^rhino-core-shield/i,
      weight: 80,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
