import type { Vendor } from '../signature.ts';

export const barracuda: Vendor = {
  id: 'barracuda',
  name: 'Barracuda',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Barracuda filters requests to this site; ordinary reads usually pass.',
    active: 'Barracuda refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'counter',
      place: 'cookie',
      name: /^barra_counter_session$/,
      weight: 70,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'balancer',
      place: 'cookie',
      name: /^BNI__BARRACUDA_LB_COOKIE$/,
      weight: 70,
      source: 'single-rule',
      seen: '2026-10',
    },
    { id: 'session', place: 'cookie', name: /^BN(?:I|E)S_/, weight: 70, source: 'single-rule', seen: '2026-10' },
  ],
};
