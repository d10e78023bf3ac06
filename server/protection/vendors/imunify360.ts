import type { Vendor } from '../signature.ts';

export const imunify360: Vendor = {
  id: 'imunify360',
  name: 'Imunify360',
  category: 'waf',
  severity: { present: 2, active: 3 },
  meaning: {
    present: 'Imunify360 filters requests to this site; ordinary reads usually pass.',
    active: 'Imunify360 refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^imunify360-webshield/i,
      weight: 80,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'page',
      place: 'body',
      statuses: [[400, 599]],
      label: '“protected by Imunify360” page',
      weight: 80,
      active: 'block',
      text: /\bprotected by imunify360\b/i,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
