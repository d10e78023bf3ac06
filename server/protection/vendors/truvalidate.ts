import type { Vendor } from '../signature.ts';

export const truvalidate: Vendor = {
  id: 'truvalidate',
  name: 'TruValidate (iovation)',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'TruValidate (iovation) collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'TruValidate (iovation) took part in a refusal in this recording.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /^mpsnare\.iesnare\.com$/i,
      label: 'mpsnare.iesnare.com',
      weight: 60,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
