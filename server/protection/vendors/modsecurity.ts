import type { Vendor } from '../signature.ts';

export const modsecurity: Vendor = {
  id: 'modsecurity',
  name: 'ModSecurity',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'ModSecurity filters requests to this site; ordinary reads usually pass.',
    active: 'ModSecurity refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'server',
      place: 'response-header',
      name: /^server$/,
      value: /\bmod_security\b/i,
      weight: 80,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
