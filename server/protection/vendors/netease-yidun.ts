import type { Vendor } from '../signature.ts';

export const neteaseYidun: Vendor = {
  id: 'netease-yidun',
  name: 'NetEase Yidun',
  category: 'captcha',
  severity: { present: 0, active: 4 },
  meaning: {
    present: 'NetEase Yidun is on the page, usually at a form. It does not by itself stop reads.',
    active: 'NetEase Yidun asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'static',
      place: 'url',
      host: /^cstaticdun\.126\.net$/i,
      label: 'cstaticdun.126.net script',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'api',
      place: 'url',
      host: /^c\.dun\.163\.com$/i,
      label: 'c.dun.163.com',
      weight: 55,
      path: /^\/api\/v[23]\/(?:getconf|get|check)$/,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
