import type { Vendor } from '../signature.ts';

export const seon: Vendor = {
  id: 'seon',
  name: 'SEON',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'SEON collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'SEON took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /^cdn\.seon\.io$/i,
      label: 'cdn.seon.io script',
      weight: 60,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
