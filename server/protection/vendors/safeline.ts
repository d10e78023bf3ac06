import type { Vendor } from '../signature.ts';

export const safeline: Vendor = {
  id: 'safeline',
  name: 'SafeLine (Chaitin)',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'SafeLine (Chaitin) filters requests to this site; ordinary reads usually pass.',
    active:
      'SafeLine (Chaitin) refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'comment',
      place: 'body',
      raw: /<!--\s*event_id\s*:/i,
      statuses: [[400, 599]],
      label: 'event_id comment',
      weight: 60,
      active: 'block',
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
