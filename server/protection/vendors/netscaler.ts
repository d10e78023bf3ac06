import type { Vendor } from '../signature.ts';

export const netscaler: Vendor = {
  id: 'netscaler',
  name: 'NetScaler AppFirewall',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'NetScaler AppFirewall filters requests to this site; ordinary reads usually pass.',
    active:
      'NetScaler AppFirewall refused requests in this recording; change what is sent or slow down before repeating them.',
    cdn: 'A NetScaler load balancer answers for this site. Nothing shows that its firewall is switched on.',
  },
  signals: [
    { id: 'af', place: 'cookie', name: /^ns_af$/, weight: 70, source: 'rule-set', seen: '2026-10' },
    { id: 'id', place: 'cookie', name: /^citrix_ns_id$/, weight: 50, source: 'rule-set', seen: '2026-10' },
    { id: 'balancer', place: 'cookie', name: /^NSC_/, weight: 75, cdn: true, source: 'rule-set', seen: '2026-10' },
    {
      id: 'page',
      place: 'body',
      statuses: [[400, 599]],
      label: 'NetScaler block page',
      weight: 80,
      active: 'block',
      text: /\bappfw session id\b/i,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
