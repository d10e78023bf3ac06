import type { Vendor } from '../signature.ts';

export const fortiweb: Vendor = {
  id: 'fortiweb',
  name: 'FortiWeb',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'FortiWeb filters requests to this site; ordinary reads usually pass.',
    active: 'FortiWeb refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    { id: 'session', place: 'cookie', name: /^FORTIWAFSID$/, weight: 70, source: 'single-rule', seen: '2026-10' },
    {
      id: 'icon',
      place: 'dom',
      statuses: [[400, 599]],
      label: '.fgd_icon element',
      weight: 80,
      active: 'block',
      attribute: 'class',
      value: /(?:^|\s)fgd_icon(?:\s|$)/,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
