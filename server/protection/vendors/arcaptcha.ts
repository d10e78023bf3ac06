import type { Vendor } from '../signature.ts';

export const arcaptcha: Vendor = {
  id: 'arcaptcha',
  name: 'ARCaptcha',
  category: 'captcha',
  severity: { present: 0, active: 4 },
  meaning: {
    present: 'ARCaptcha is on the page, usually at a form. It does not by itself stop reads.',
    active: 'ARCaptcha asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /(?:^|\.)arcaptcha\.[a-z]{2,}$/i,
      label: 'host of ARCaptcha',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
