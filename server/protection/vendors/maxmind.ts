import type { Vendor } from '../signature.ts';

export const maxmind: Vendor = {
  id: 'maxmind',
  name: 'MaxMind device tracking',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'MaxMind device tracking collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'MaxMind device tracking took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /^device\.maxmind\.com$/i,
      label: 'device.maxmind.com',
      weight: 60,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
