import type { Vendor } from '../signature.ts';

export const securesphere: Vendor = {
  id: 'securesphere',
  name: 'Imperva SecureSphere',
  category: 'waf',
  severity: { present: 2, active: 2 },
  meaning: {
    present: 'Imperva SecureSphere filters requests to this site; ordinary reads usually pass.',
    active:
      'Imperva SecureSphere refused requests in this recording; change what is sent or slow down before repeating them.',
  },
  signals: [
    {
      id: 'incident',
      place: 'body',
      text: /\bthe incident id is\b/i,
      maxChars: 20000,
      label: '“The incident ID is”',
      weight: 30,
      alone: false,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'not-shown',
      place: 'body',
      text: /\bthis page can['’]t be displayed\b/i,
      maxChars: 20000,
      label: '“This page can’t be displayed”',
      weight: 20,
      alone: false,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
  combinations: [
    { all: ['incident', 'not-shown'], weight: 80, active: 'block', source: 'single-rule', seen: '2026-10' },
  ],
};
