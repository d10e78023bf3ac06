import type { Vendor } from '../signature.ts';

export const kount: Vendor = {
  id: 'kount',
  name: 'Kount',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'Kount collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'Kount took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'object',
      place: 'dom',
      inlineScript: /\bka\.ClientSDK\b/,
      label: 'ka.ClientSDK in a script',
      weight: 50,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
