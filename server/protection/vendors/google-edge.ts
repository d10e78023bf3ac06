import type { Vendor } from '../signature.ts';

export const googleEdge: Vendor = {
  id: 'google-edge',
  name: 'Google front end',
  category: 'cdn',
  severity: { present: 0, active: 3 },
  meaning: {
    present: 'Google front end delivers this site. By itself it does not stop an HTTP client.',
    active: 'Google front end answered with an error or block page in this recording.',
  },
  signals: [
    {
      id: 'via',
      place: 'response-header',
      name: /^via$/,
      value: /^1\.1 google$/i,
      weight: 10,
      alone: false,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'abuse',
      place: 'cookie',
      name: /^GOOGLE_ABUSE_EXEMPTION$/,
      weight: 40,
      passed: true,
      alone: false,
      source: 'report',
      seen: '2026-10',
    },
    {
      id: 'sorry',
      place: 'url',
      host: /(?:^|\.)google\.[a-z.]{2,6}$/i,
      path: /^\/sorry\//,
      label: 'google.com/sorry',
      weight: 80,
      active: 'captcha',
      statuses: [429],
      source: 'report',
      seen: '2026-10',
    },
  ],
};
