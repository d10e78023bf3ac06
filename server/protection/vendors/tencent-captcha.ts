import type { Vendor } from '../signature.ts';

export const tencentCaptcha: Vendor = {
  id: 'tencent-captcha',
  name: 'Tencent Captcha',
  category: 'captcha',
  severity: { present: 0, active: 4 },
  meaning: {
    present: 'Tencent Captcha is on the page, usually at a form. It does not by itself stop reads.',
    active: 'Tencent Captcha asked the visitor to prove something in this recording.',
  },
  signals: [
    {
      id: 'qcloud',
      place: 'url',
      host: /^turing\.captcha\.qcloud\.com$/i,
      label: 'captcha.qcloud.com script',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'qq',
      place: 'url',
      host: /(?:^|\.)captcha\.qq\.com$/i,
      label: 'captcha.qq.com',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
    {
      id: 'prehandle',
      place: 'url',
      path: /\/cap_union_prehandle\b/,
      label: 'cap_union_prehandle',
      weight: 60,
      source: 'rule-set',
      seen: '2026-10',
    },
  ],
};
