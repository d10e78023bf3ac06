import type { Vendor } from '../signature.ts';

export const altcha: Vendor = {
  id: 'altcha',
  name: 'ALTCHA',
  category: 'captcha',
  severity: { present: 0, active: 3 },
  meaning: {
    present: 'ALTCHA is on the page, usually at a form. It does not by itself stop reads.',
    active: 'ALTCHA asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      label: 'host of ALTCHA',
      weight: 60,
      host: /(?:^|\.)altcha\.[a-z]{2,}$/i,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
