import type { Vendor } from '../signature.ts';

export const ddosGuard: Vendor = {
  id: 'ddos-guard',
  name: 'DDoS-Guard',
  category: 'bot-manager',
  severity: { present: 2, active: 3 },
  meaning: {
    present: 'DDoS-Guard judges visitors here, mostly by how their browser behaves and by the cookies its script sets.',
    active:
      'DDoS-Guard challenged or refused requests in this recording; expect to need a real browser or its session.',
  },
  signals: [
    {
      id: 'ddg',
      place: 'cookie',
      name: /^__ddg(?:1|2|id|mark)_?$/,
      weight: 70,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /^ddos-guard/i,
      weight: 70,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'check',
      place: 'dom',
      value: /^link-ddg$/i,
      attribute: 'id',
      label: 'DDoS-Guard check page',
      weight: 80,
      active: 'challenge',
      source: 'report',
      seen: '2026-10',
    },
  ],
};
