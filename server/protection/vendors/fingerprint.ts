import type { Vendor } from '../signature.ts';

export const fingerprint: Vendor = {
  id: 'fingerprint',
  name: 'Fingerprint',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'Fingerprint collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'Fingerprint took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'loader',
      place: 'url',
      host: /^(?:fpnpmcdn\.net|(?:open)?fpcdn\.io)$/i,
      label: 'loader of Fingerprint',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'api',
      place: 'url',
      host: /(?:^|\.)api\.fpjs\.io$/i,
      label: 'api.fpjs.io',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'ci',
      place: 'url',
      query: /[?&]ci=js\/3\./,
      label: 'request with ci=js/…',
      weight: 30,
      alone: false,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
