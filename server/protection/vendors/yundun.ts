import type { Vendor } from '../signature.ts';

export const yundun: Vendor = {
  id: 'yundun',
  name: 'Yundun',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Yundun filters requests to this site; ordinary reads usually pass.',
    active: 'Yundun refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^yundun/i,
      weight: 80,
      source: 'single-rule',
      seen: '2026-10',
    },
    { id: 'cookie', place: 'cookie', name: /^yd_cookie$/, weight: 70, source: 'single-rule', seen: '2026-10' },
    {
      id: 'page',
      place: 'body',
      statuses: [[400, 599]],
      label: '“Blocked by YUNDUN” page',
      weight: 80,
      active: 'block',
      text: /\bblocked by yundun\b/i,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
