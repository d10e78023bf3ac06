import type { Vendor } from '../signature.ts';

export const geetest: Vendor = {
  id: 'geetest',
  name: 'GeeTest',
  category: 'captcha',
  severity: { present: 0, active: 4 },
  meaning: {
    present: 'GeeTest is on the page, usually at a form. It does not by itself stop reads.',
    active: 'GeeTest asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'static',
      place: 'url',
      host: /^static\.geetest\.com$/i,
      label: 'static.geetest.com',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'api',
      place: 'url',
      host: /^api\.geetest\.com$/i,
      path: /^\/(?:gettype|get|ajax)\.php$/,
      label: 'api.geetest.com',
      weight: 50,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'v4',
      place: 'url',
      host: /^gcaptcha4\.geetest\.com$/i,
      path: /^\/(?:load|verify)$/,
      label: 'gcaptcha4.geetest.com',
      weight: 50,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
