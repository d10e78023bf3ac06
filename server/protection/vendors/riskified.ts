import type { Vendor } from '../signature.ts';

export const riskified: Vendor = {
  id: 'riskified',
  name: 'Riskified',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'Riskified collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'Riskified took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'beacon',
      place: 'url',
      host: /^beacon\.riskified\.com$/i,
      label: 'beacon.riskified.com',
      weight: 70,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'object',
      place: 'dom',
      inlineScript: /\bRISKX\b/,
      label: 'RISKX in a script',
      weight: 50,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
