import type { Vendor } from '../signature.ts';

export const mtcaptcha: Vendor = {
  id: 'mtcaptcha',
  name: 'MTCaptcha',
  category: 'captcha',
  severity: { present: 0, active: 3 },
  meaning: {
    present: 'MTCaptcha is on the page, usually at a form. It does not by itself stop reads.',
    active: 'MTCaptcha asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /(?:^|\.)mtcaptcha\.[a-z]{2,}$/i,
      label: 'host of MTCaptcha',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
