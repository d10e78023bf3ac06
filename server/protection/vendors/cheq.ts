import type { Vendor } from '../signature.ts';

export const cheq: Vendor = {
  id: 'cheq',
  name: 'CHEQ',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'CHEQ collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'CHEQ took part in a refusal in this recording.',
  },
  signals: [
    { id: 'cookies', place: 'cookie', name: /^_cq_(?:d|s)uid$/, weight: 50, source: 'single-rule', seen: '2026-10' },
    {
      id: 'tms',
      place: 'url',
      host: /^tms\.cheq\.ai$/i,
      label: 'tms.cheq.ai',
      weight: 75,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'zone',
      place: 'url',
      host: /(?:^|\.)cheqzone\.com$/i,
      label: 'cheqzone.com script',
      weight: 70,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
