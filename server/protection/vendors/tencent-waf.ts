import type { Vendor } from '../signature.ts';

export const tencentWaf: Vendor = {
  id: 'tencent-waf',
  name: 'Tencent Cloud WAF',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Tencent Cloud WAF filters requests to this site; ordinary reads usually pass.',
    active:
      'Tencent Cloud WAF refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'page',
      place: 'body',
      raw: /\bwaf\.tencent-cloud\.com\/403page\b/i,
      statuses: [[400, 599]],
      label: 'page that names waf.tencent-cloud.com',
      weight: 80,
      active: 'block',
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'text',
      place: 'body',
      text: /腾讯云Web应用防火墙/,
      statuses: [403],
      label: '“腾讯云Web应用防火墙” page',
      weight: 80,
      active: 'block',
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
