import type { Vendor } from '../signature.ts';

export const wangzhanbao360: Vendor = {
  id: 'wangzhanbao-360',
  name: '360 Wangzhanbao',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: '360 Wangzhanbao filters requests to this site; ordinary reads usually pass.',
    active:
      '360 Wangzhanbao refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    { id: 'ray', place: 'response-header', name: /^wzws-ray$/, weight: 80, source: 'single-rule', seen: '2026-10' },
    {
      id: 'powered',
      place: 'response-header',
      name: /^x-powered-by-360wzb$/,
      weight: 80,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'code',
      place: 'status',
      statuses: [493],
      label: 'status 493',
      weight: 60,
      active: 'block',
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
