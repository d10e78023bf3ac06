import type { Vendor } from '../signature.ts';

export const friendlyCaptcha: Vendor = {
  id: 'friendly-captcha',
  name: 'Friendly Captcha',
  category: 'captcha',
  severity: { present: 0, active: 3 },
  meaning: {
    present: 'Friendly Captcha is on the page, usually at a form. It does not by itself stop reads.',
    active: 'Friendly Captcha asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'api',
      place: 'url',
      host: /^(?:eu-)?api\.friendlycaptcha\.[a-z]{2,}$/i,
      label: 'friendlycaptcha puzzle',
      weight: 60,
      path: /^\/api\/v1\/puzzle\b/,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'frc',
      place: 'url',
      host: /^(?:global|eu)\.frcapi\.com$/i,
      label: 'frcapi.com captcha',
      weight: 60,
      path: /^\/api\/v2\/captcha\b/,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'widget',
      place: 'dom',
      value: /(?:^|\s)frc-captcha(?:\s|$)/i,
      attribute: 'class',
      label: '.frc-captcha element',
      weight: 45,
      alone: false,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
