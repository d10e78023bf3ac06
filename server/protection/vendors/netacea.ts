import type { Vendor } from '../signature.ts';

export const netacea: Vendor = {
  id: 'netacea',
  name: 'Netacea',
  category: 'bot-manager',
  severity: { present: 2, active: 3 },
  meaning: {
    present: 'Netacea judges visitors here, mostly by how their browser behaves and by the cookies its script sets.',
    active: 'Netacea challenged or refused requests in this recording; expect to need a real browser or its session.',
  },
  signals: [
    { id: 'mitata', place: 'cookie', name: /^_mitata$/, weight: 60, source: 'single-rule', seen: '2026-10' },
    { id: 'captcha', place: 'cookie', name: /^_mitatacaptcha$/, weight: 70, source: 'single-rule', seen: '2026-10' },
    {
      id: 'verify',
      place: 'url',
      path: /\/AtaVerifyCaptcha\b/,
      label: '/AtaVerifyCaptcha',
      weight: 75,
      active: 'captcha',
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
