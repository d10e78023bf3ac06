import type { Vendor } from '../signature.ts';

export const vaptcha: Vendor = {
  id: 'vaptcha',
  name: 'VAPTCHA',
  category: 'captcha',
  severity: { present: 0, active: 4 },
  meaning: {
    present: 'VAPTCHA is on the page, usually at a form. It does not by itself stop reads.',
    active: 'VAPTCHA asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /(?:^|\.)vaptcha\.[a-z]{2,}$/i,
      label: 'host of VAPTCHA',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
