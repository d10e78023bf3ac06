import type { Vendor } from '../signature.ts';

export const jiasule: Vendor = {
  id: 'jiasule',
  name: 'Jiasule (Knownsec)',
  category: 'waf',
  severity: { present: 3, active: 3 },
  meaning: {
    present: 'Jiasule (Knownsec) filters requests to this site; ordinary reads usually pass.',
    active:
      'Jiasule (Knownsec) refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    { id: 'jsluid', place: 'cookie', name: /^__jsluid/, weight: 70, source: 'rule-set', seen: '2026-10' },
    { id: 'tracking', place: 'cookie', name: /^jsl_tracking$/, weight: 60, source: 'single-rule', seen: '2026-10' },
    {
      id: 'script',
      place: 'status',
      statuses: [521],
      label: 'status',
      weight: 10,
      alone: false,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
  combinations: [{ all: ['jsluid', 'script'], weight: 85, active: 'challenge', source: 'report', seen: '2026-10' }],
};
