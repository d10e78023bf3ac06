import type { Vendor } from '../signature.ts';

export const huaweiWaf: Vendor = {
  id: 'huawei-waf',
  name: 'Huawei Cloud WAF',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Huawei Cloud WAF filters requests to this site; ordinary reads usually pass.',
    active:
      'Huawei Cloud WAF refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    { id: 'session', place: 'cookie', name: /^HWWAFSESID$/, weight: 70, source: 'single-rule', seen: '2026-10' },
    {
      id: 'page',
      place: 'body',
      raw: /\bhwclouds\.com\b/i,
      statuses: [[400, 599]],
      label: 'page that names hwclouds.com',
      weight: 80,
      active: 'block',
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
