import type { Vendor } from '../signature.ts';

export const fullstoryChallenge: Vendor = {
  id: 'fullstory-challenge',
  name: 'Client Challenge',
  category: 'bot-manager',
  severity: { present: 3, active: 3 },
  meaning: {
    present:
      'Client Challenge judges visitors here, mostly by how their browser behaves and by the cookies its script sets.',
    active:
      'Client Challenge challenged or refused requests in this recording; expect to need a real browser or its session.',
  },
  signals: [
    { id: 'cookie', place: 'cookie', name: /^_fs_ch_st_/, weight: 70, source: 'single-rule', seen: '2026-10' },
    {
      id: 'title',
      place: 'dom',
      title: /^client challenge$/i,
      label: '“Client Challenge” page',
      weight: 40,
      alone: false,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'markers',
      place: 'body',
      raw: /_fs-ch-/,
      maxChars: 60000,
      label: '_fs-ch- in the page',
      weight: 40,
      alone: false,
      source: 'single-rule',
      seen: '2026-10',
    },
  ],
  combinations: [
    { all: ['title', 'markers'], weight: 85, active: 'challenge', source: 'single-rule', seen: '2026-10' },
  ],
};
