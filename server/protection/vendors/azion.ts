import type { Vendor } from '../signature.ts';

export const azion: Vendor = {
  id: 'azion',
  name: 'Azion',
  category: 'cdn',
  severity: { present: 0, active: 2 },
  meaning: {
    present: 'Azion delivers this site. By itself it does not stop an HTTP client.',
    active: 'Azion answered with an error or block page in this recording.',
  },
  signals: [
    {
      id: 'own-header',
      place: 'response-header',
      name: /^x-azion-/,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
