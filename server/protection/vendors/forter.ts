import type { Vendor } from '../signature.ts';

export const forter: Vendor = {
  id: 'forter',
  name: 'Forter',
  category: 'fingerprinting',
  severity: { present: 1, active: 1 },
  meaning: {
    present: 'Forter collects signals about the device for fraud scoring. It rarely stops reads.',
    active: 'Forter took part in a refusal in this recording.',
  },
  signals: [
    { id: 'token', place: 'cookie', name: /^forterToken$/, weight: 60, source: 'single-rule', seen: '2026-10' },
    {
      id: 'host',
      place: 'url',
      host: /(?:^|\.)forter\.com$/i,
      label: 'forter.com script',
      weight: 60,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'object',
      place: 'dom',
      inlineScript: /\bftr__startScriptLoad\b/,
      label: 'ftr__startScriptLoad in a script',
      weight: 50,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
