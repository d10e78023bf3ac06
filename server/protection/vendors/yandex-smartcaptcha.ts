import type { Vendor } from '../signature.ts';

export const yandexSmartcaptcha: Vendor = {
  id: 'yandex-smartcaptcha',
  name: 'Yandex SmartCaptcha',
  category: 'captcha',
  severity: { present: 0, active: 4 },
  meaning: {
    present: 'Yandex SmartCaptcha is on the page, usually at a form. It does not by itself stop reads.',
    active: 'Yandex SmartCaptcha asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /^smartcaptcha\.(?:yandexcloud\.net|cloud\.yandex\.ru)$/i,
      label: 'smartcaptcha script',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'header',
      place: 'response-header',
      name: /^x-yandex-captcha$/,
      weight: 80,
      active: 'captcha',
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
