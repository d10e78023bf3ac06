import type { Vendor } from '../signature.ts';

export const threatmetrix: Vendor = {
  id: 'threatmetrix',
  name: 'LexisNexis ThreatMetrix',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'LexisNexis ThreatMetrix collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'LexisNexis ThreatMetrix took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'tags',
      place: 'url',
      host: /(?:^|\.)online-metrix\.net$/i,
      label: 'online-metrix.net',
      weight: 85,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'first',
      place: 'url',
      path: /\/fp\/tags(?:\.js)?$/,
      query: /[?&]org_id=/,
      label: '/fp/tags script',
      weight: 50,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
