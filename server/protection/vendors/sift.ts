import type { Vendor } from '../signature.ts';

export const sift: Vendor = {
  id: 'sift',
  name: 'Sift',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'Sift collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'Sift took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'cdn',
      place: 'url',
      host: /^cdn\.sift(?:science)?\.com$/i,
      label: 'cdn.sift.com script',
      weight: 60,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'object',
      place: 'dom',
      inlineScript: /\b_sift\s*(?:=|\.push\b)/,
      label: '_sift in a script',
      weight: 40,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
