import type { Vendor } from '../signature.ts';

export const ruishu: Vendor = {
  id: 'ruishu',
  name: 'Ruishu (River Security)',
  category: 'bot-manager',
  severity: { present: 4, active: 4 },
  meaning: {
    present:
      'Ruishu (River Security) judges visitors here, mostly by how their browser behaves and by the cookies its script sets.',
    active:
      'Ruishu (River Security) challenged or refused requests in this recording; expect to need a real browser or its session.',
  },
  signals: [
    { id: 'fss', place: 'cookie', name: /^FSSBBIl1UgzbN7N80[TS]$/, weight: 70, source: 'single-rule', seen: '2026-10' },
    {
      id: 'waf-ci',
      place: 'cookie',
      name: /^waf_ci/,
      weight: 45,
      alone: false,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'ts',
      place: 'dom',
      inlineScript: /\$_ts\b\s*(?:=|\.|\[)/,
      label: '$_ts in a script',
      weight: 70,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'r-m',
      place: 'dom',
      value: /^m$/i,
      attribute: 'r',
      tag: 'script',
      label: 'script with r="m"',
      weight: 60,
      source: 'single-rule',
      seen: '2026-10',
    },
    {
      id: 'refused',
      place: 'status',
      statuses: [412],
      label: 'status',
      weight: 10,
      alone: false,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
  combinations: [
    { all: ['ts', 'refused'], weight: 90, active: 'challenge', source: 'single-rule', seen: '2026-10' },
    { all: ['r-m', 'refused'], weight: 90, active: 'challenge', source: 'single-rule', seen: '2026-10' },
  ],
};
