import type { Vendor } from '../signature.ts';

export const fastly: Vendor = {
  id: 'fastly',
  name: 'Fastly',
  category: 'cdn',
  severity: { present: 0, active: 2 },
  meaning: {
    present: 'Fastly delivers this site. By itself it does not stop an HTTP client.',
    active: 'Fastly answered with an error or block page in this recording.',
  },
  signals: [
    {
      id: 'request-id',
      place: 'response-header',
      name: /^x-fastly-request-id$/,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'served-by',
      place: 'response-header',
      name: /^x-served-by$/,
      value: /^cache-[a-z]{3}/i,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'refused',
      place: 'status',
      statuses: [406],
      label: 'status',
      weight: 10,
      alone: false,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
  combinations: [
    { all: ['served-by', 'refused'], weight: 40, cdn: true, active: 'block', source: 'vendor', seen: '2026-10' },
  ],
};
