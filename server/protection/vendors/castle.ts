import type { Vendor } from '../signature.ts';

export const castle: Vendor = {
  id: 'castle',
  name: 'Castle',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'Castle collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'Castle took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'object',
      place: 'dom',
      inlineScript: /\b_castle\s*\(/,
      label: '_castle in a script',
      weight: 50,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
