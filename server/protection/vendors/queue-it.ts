import type { Vendor } from '../signature.ts';

export const queueIt: Vendor = {
  id: 'queue-it',
  name: 'Queue-it',
  category: 'waiting-room',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Queue-it may hold visitors in a queue when the site is busy.',
    active: 'Queue-it held this visitor in a queue; the answer says nothing about clients.',
  },
  signals: [
    {
      id: 'accepted',
      place: 'cookie',
      name: /^QueueITAccepted-/,
      weight: 60,
      passed: true,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'script',
      place: 'url',
      host: /(?:^|\.)queue-it\.net$/i,
      label: 'queue-it.net script',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'redirect',
      place: 'response-header',
      name: /^location$/,
      value: /^https:\/\/[a-z\d.-]+\.queue-it\.net\/\?/i,
      weight: 85,
      active: 'challenge',
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
