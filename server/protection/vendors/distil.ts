import type { Vendor } from '../signature.ts';

export const distil: Vendor = {
  id: 'distil',
  name: 'Distil Networks',
  category: 'bot-manager',
  severity: { present: 3, active: 3 },
  meaning: {
    present:
      'Distil Networks judges visitors here, mostly by how their browser behaves and by the cookies its script sets.',
    active:
      'Distil Networks challenged or refused requests in this recording; expect to need a real browser or its session.',
  },
  signals: [
    {
      id: 'header',
      place: 'response-header',
      name: /^x-distil-cs$/,
      weight: 80,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'form',
      place: 'body',
      raw: /\bdistilCaptchaForm\b/,
      maxChars: 100000,
      label: 'Distil CAPTCHA form',
      weight: 80,
      active: 'captcha',
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'pardon',
      place: 'body',
      text: /\bpardon our interruption\b/i,
      maxChars: 60000,
      label: '“Pardon Our Interruption” page',
      weight: 40,
      alone: false,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
  combinations: [{ all: ['header', 'pardon'], weight: 80, active: 'block', source: 'rule-set', seen: '2026-10' }],
};
