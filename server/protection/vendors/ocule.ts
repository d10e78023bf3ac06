import type { Vendor } from '../signature.ts';

export const ocule: Vendor = {
  id: 'ocule',
  name: 'Ocule',
  category: 'bot-manager',
  severity: { present: 1, active: 2 },
  meaning: {
    present: 'Ocule judges visitors here, mostly by how their browser behaves and by the cookies its script sets.',
    active: 'Ocule challenged or refused requests in this recording; expect to need a real browser or its session.',
  },
  signals: [
    {
      id: 'host',
      place: 'url',
      host: /(?:^|\.)ocule\.co\.uk$/i,
      label: 'ocule.co.uk',
      weight: 60,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
};
