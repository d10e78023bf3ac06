import type { Vendor } from '../signature.ts';

export const captchaEu: Vendor = {
  id: 'captcha-eu',
  name: 'Captcha.eu',
  category: 'captcha',
  severity: { present: 0, active: 3 },
  meaning: {
    present: 'Captcha.eu is on the page, usually at a form. It does not by itself stop reads.',
    active: 'Captcha.eu asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /(?:^|\.)captcha\.eu$/i,
      label: 'captcha.eu script',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
