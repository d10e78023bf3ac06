import type { Vendor } from '../signature.ts';

export const baiduYunjiasu: Vendor = {
  id: 'baidu-yunjiasu',
  name: 'Baidu Yunjiasu',
  category: 'waf',
  severity: { present: 2, active: 3 },
  meaning: {
    present: 'Baidu Yunjiasu filters requests to this site; ordinary reads usually pass.',
    active:
      'Baidu Yunjiasu refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^yunjiasu/i,
      weight: 80,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'page',
      place: 'body',
      raw: /\/\.well-known\/yunjiasu-cgi\//i,
      statuses: [[400, 599]],
      label: 'page that names /.well-known/yunjiasu-cgi/',
      weight: 80,
      active: 'block',
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'path',
      place: 'url',
      path: /^\/\.well-known\/yunjiasu-cgi\//i,
      label: '/.well-known/yunjiasu-cgi/',
      weight: 80,
      active: 'challenge',
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
