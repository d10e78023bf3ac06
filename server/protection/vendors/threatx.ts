import type { Vendor } from '../signature.ts';

export const threatx: Vendor = {
  id: 'threatx',
  name: 'ThreatX',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'ThreatX filters requests to this site; ordinary reads usually pass.',
    active: 'ThreatX refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'page',
      place: 'body',
      statuses: [403],
      label: '“Forbidden - ID” answer',
      weight: 85,
      active: 'block',
      text: /^\s*forbidden - id: [\da-f]{32}\s*$/i,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
