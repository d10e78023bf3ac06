import type { Vendor } from '../signature.ts';

export const f5BigIp: Vendor = {
  id: 'f5-big-ip',
  name: 'F5 BIG-IP ASM',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'F5 BIG-IP ASM filters requests to this site; ordinary reads usually pass.',
    active: 'F5 BIG-IP ASM refused requests in this recording; change what is sent or slow down before repeating them.',
    cdn: 'An F5 load balancer answers for this site. Nothing shows that its firewall is switched on.',
  },
  signals: [
    {
      id: 'ts-shape',
      place: 'cookie',
      name: /^TS01[0-9a-f]{6}$/,
      value: /^01[0-9a-f]{40,}/i,
      weight: 55,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'ts',
      place: 'cookie',
      name: /^TS[\da-z]{8}$/i,
      weight: 20,
      alone: false,
      source: 'rule-set',
      seen: '2026-10',
    },
    { id: 'avr', place: 'cookie', name: /^f5avr/, weight: 30, alone: false, source: 'single-rule', seen: '2026-10' },
    {
      id: 'balancer',
      place: 'cookie',
      name: /^BIGipServer/,
      weight: 75,
      cdn: true,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'rejected',
      place: 'body',
      text: /\brequested url was rejected\b.{0,80}\bsupport id is: \d/i,
      maxChars: 8000,
      label: '“The requested URL was rejected” page',
      weight: 85,
      active: 'block',
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
  combinations: [
    { all: ['ts', 'avr'], weight: 60, source: 'rule-set', seen: '2026-10' },
    { all: ['ts', 'balancer'], weight: 50, source: 'rule-set', seen: '2026-10' },
  ],
};
