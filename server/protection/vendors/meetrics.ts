import type { Vendor } from '../signature.ts';

export const meetrics: Vendor = {
  id: 'meetrics',
  name: 'Meetrics',
  category: 'fingerprinting',
  severity: { present: 0, active: 1 },
  meaning: {
    present: 'Meetrics measures whether advertisements are seen. It stops nobody.',
    active: 'Meetrics took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /(?:^|\.)(?:meetrics\.com|mxcdn\.net)$/i,
      label: 'meetrics.com or mxcdn.net',
      weight: 60,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
