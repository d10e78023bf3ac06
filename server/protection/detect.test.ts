import { describe, expect, test } from 'vitest';
import type { Exchange, Header } from '#shared/exchange.ts';
import { protectionSchema, type Protection } from '#shared/report.ts';
import { asRaw } from '../scrubbing/brand.ts';
import { detectProtections } from './detect.ts';
import { valueShapes } from './shapes.ts';

interface Given {
  url?: string;
  status?: number;
  sent?: Header[];
  headers?: Header[];
  body?: string;
  mimeType?: string;
  type?: string;
  documentUrl?: string;
  posted?: string;
}
const TARGET = 'https://www.shop.example/';

const exchange = (given: Given, n = 0): Exchange => {
  const mimeType = given.mimeType ?? (given.body === undefined ? '' : 'text/html');
  return {
    id: `x${n}`,
    requestId: `${n}`,
    hop: 0,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    resourceType: given.type ?? 'document',
    documentUrl: given.documentUrl ?? TARGET,
    frameId: null,
    initiator: { type: 'other' },
    request: {
      method: given.posted === undefined ? 'GET' : 'POST',
      url: given.url ?? TARGET,
      headers: given.sent ?? [],
      body:
        given.posted === undefined ? null : { mimeType: 'text/plain', bytes: given.posted.length, text: given.posted },
    },
    response: {
      status: given.status ?? 200,
      statusText: '',
      headers: given.headers ?? [],
      mimeType,
      fromCache: null,
      body: given.body === undefined ? null : { mimeType, bytes: given.body.length, text: given.body },
    },
    error: null,
    incomplete: null,
    redirectTo: null,
    preflightOf: null,
    serviceWorkerPair: null,
    action: null,
    messages: [],
  };
};

/** Detects as the pipeline does: shapes from raw values, then everything else on exchanges whose values were replaced. */
function detect(...given: Given[]): Protection[] {
  const raw = given.map(exchange);
  const shapes = raw.flatMap((one) => valueShapes(asRaw(one)));
  const hide = (headers: Header[]): Header[] =>
    headers.map(([name, value]) =>
      /^(?:set-)?cookie$/i.test(name) ? [name, value.replace(/=[^;\n]*/g, '={{cookie}}')] : [name, `{{${name}}}`],
    );
  const twins = raw.map((one): Exchange => ({
    ...one,
    request: { ...one.request, headers: hide(one.request.headers), body: null },
    response: one.response && { ...one.response, headers: hide(one.response.headers), body: null },
  }));
  const found = detectProtections(twins, shapes, { targetUrl: TARGET });
  for (const protection of found) protectionSchema.parse(protection);
  return found;
}
const hex = 'A1B2C3D4E5F60718293A4B5C6D7E8F90';
const uuid = '149e9513-01fa-4fb0-aad4-566afd725d1b';
const script = (code: string): string => `<html><head><script>${code}</script></head></html>`;

const FOUND: [string, string, Given][] = [
  ['akamai', 'its cookie', { sent: [['cookie', `a=1; _abck=${hex}~-1~YAAQ`]] }],
  ['akamai', 'its sensor', { url: `${TARGET}x/y`, posted: '{"sensor_data":"3;0;1"}' }],
  ['akamai', 'its path', { url: `${TARGET}akam/13/5f3b1c2a`, type: 'script' }],
  ['cloudflare', 'its cookie', { headers: [['set-cookie', '__cf_bm=abc; path=/']] }],
  ['cloudflare', 'two cookies in one field', { headers: [['set-cookie', 'a=1; path=/\n__cf_bm=abc; path=/']] }],
  ['datadome', 'its cookie', { headers: [['Set-Cookie', 'datadome=abc; Domain=.shop.example']] }],
  ['datadome', 'its script', { url: 'https://js.datadome.co/tags.js', type: 'script' }],
  ['human', 'its cookie', { sent: [['Cookie', '_px3=abc']] }],
  ['human', 'its first-party script', { url: `${TARGET}PXabcd1234/init.js`, type: 'script' }],
  ['imperva', 'its cookie', { headers: [['set-cookie', 'visid_incap_12345=x']] }],
  ['imperva', 'its header', { headers: [['X-Iinfo', '1-2-3']] }],
  ['kasada', 'its script path', { url: `${TARGET}${uuid}/${uuid}/ips.js?x=1`, type: 'script' }],
  ['kasada', 'its header', { headers: [['x-kpsdk-ct', 'abc']] }],
  ['aws-waf', 'its cookie', { sent: [['cookie', 'aws-waf-token=abc']] }],
  ['aws-waf', 'its script', { url: 'https://abc.eu-central-1.token.awswaf.com/abc/challenge.js', type: 'script' }],
  ['f5-shape', 'its script', { url: `${TARGET}a.js?seed=${'A'.repeat(48)}&x=1`, type: 'script' }],
  ['f5-shape', 'its header', { headers: [['x-ab12cd34-a', 'x']] }],
  ['f5-big-ip', 'its cookie', { headers: [['set-cookie', `TS01a2b3c4=01${'a1'.repeat(30)}`]] }],
  ['recaptcha', 'its script', { url: 'https://www.google.com/recaptcha/api.js?render=explicit', type: 'script' }],
  ['hcaptcha', 'its script', { body: '<script src="https://js.hcaptcha.com/1/api.js" async></script>' }],
  [
    'cloudflare-turnstile',
    'its script',
    { url: 'https://challenges.cloudflare.com/turnstile/v0/api.js', type: 'script' },
  ],
  ['arkose', 'its script', { url: 'https://client-api.arkoselabs.com/v2/ABC/api.js', type: 'script' }],
];
test.each(FOUND)('finds %s by %s, with evidence and without an attack', (vendor, _by, given) => {
  const found = detect(given);
  expect(found.map((one) => one.vendor)).toEqual([vendor]);
  expect(found[0]).toMatchObject({
    active: { count: 0, kind: 'none' },
    scope: 'first-party',
  });
  expect(found[0]?.evidence[0]).toMatchObject({ exchange: 'x0' });
});

const CHALLENGED: [string, Protection['active']['kind'], Given][] = [
  ['akamai', 'block', { status: 403, body: '<h1>Access Denied</h1>Reference #18.2d351ab8.1557333295.a4e16ab' }],
  ['akamai', 'block', { status: 403, body: 'Reference&#32;&#35;18&#46;2d351ab8&#46;1557333295&#46;a4e16ab' }],
  ['cloudflare', 'challenge', { status: 403, headers: [['cf-mitigated', 'challenge']] }],
  [
    'cloudflare',
    'block',
    { status: 403, headers: [['server', 'cloudflare']], body: '<h1>Sorry, you have been blocked</h1>' },
  ],
  [
    'fullstory-challenge',
    'challenge',
    { body: '<title>Client Challenge</title><script src="/_fs-ch-1/script.js"></script>' },
  ],
  [
    'reblaze',
    'block',
    { status: 403, body: '<h1>Access denied (403)</h1><p>Your current session has been terminated.</p>' },
  ],
  ['securesphere', 'block', { body: "<title>Error</title>This page can't be displayed. The incident ID is: 7." }],
  ['distil', 'block', { headers: [['x-distil-cs', 'MISS']], body: '<h1>Pardon Our Interruption</h1>' }],
  ['tencent-waf', 'block', { status: 403, body: '<p>腾讯云Web应用防火墙</p>' }],
  ['cloudflare', 'challenge', { status: 403, body: script('window._cf_chl_opt={cvId:"3"}') }],
  ['cloudflare', 'block', { status: 403, body: '<h1 data-translate="block_headline">Sorry</h1>' }],
  [
    'datadome',
    'captcha',
    { status: 403, mimeType: 'application/json', body: '{"url":"https://geo.captcha-delivery.com/c/?i=1"}' },
  ],
  ['human', 'captcha', { status: 403, body: '<div id="px-captcha"></div>' }],
  ['imperva', 'block', { status: 403, headers: [['x-iinfo', '1']] }],
  ['imperva', 'challenge', { body: '<script src="/_Incapsula_Resource?SWJIYLWA=719d,1"></script>' }],
  ['kasada', 'challenge', { status: 429, body: script('KPSDK={};KPSDK.now=1;') }],
  ['aws-waf', 'challenge', { status: 202, headers: [['x-amzn-waf-action', 'challenge']] }],
  ['aws-waf', 'captcha', { status: 405, headers: [['x-amzn-waf-action', 'captcha']] }],
  [
    'f5-big-ip',
    'block',
    { body: 'The requested URL was rejected. Please consult with your administrator. Your support ID is: 7' },
  ],
  ['recaptcha', 'captcha', { status: 429, body: '<div class="g-recaptcha" data-sitekey="k"></div>' }],
];
test.each(CHALLENGED)('sees that %s acted (%s)', (vendor, kind, given) => {
  expect(detect(given).find((one) => one.vendor === vendor)).toMatchObject({
    active: { count: 1, kind },
    passed: false,
  });
});

const QUIET: [string, Given][] = [
  [
    'a policy that names vendors',
    {
      headers: [
        [
          'content-security-policy',
          'script-src https://challenges.cloudflare.com https://www.google.com/recaptcha/ *.px-cloud.net',
        ],
      ],
    },
  ],
  ['a report endpoint', { headers: [['report-to', '{"endpoints":[{"url":"https://a.nel.cloudflare.com/"}]}']] }],
  ['a link header', { headers: [['link', '<https://js.datadome.co/tags.js>; rel=preload']] }],
  ['prose', { body: '<p>How we moved from Imperva to Cloudflare, with DataDome, Kasada and reCAPTCHA.</p>' }],
  [
    'an article that quotes a block page',
    { body: `<p>${'word '.repeat(9_000)}The requested URL was rejected. Please consult with your administrator.</p>` },
  ],
  [
    'addresses inside JSON',
    {
      mimeType: 'application/json',
      body: '{"docs":"https://geo.captcha-delivery.com/","x":"https://js.datadome.co/tags.js"}',
    },
  ],
  [
    'a library that names vendors',
    { type: 'script', mimeType: 'text/javascript', body: 'var KPSDK, _pxAppId, _cf_chl_opt, gokuProps;' },
  ],
  ['a widget on an ordinary page', { body: '<div class="g-recaptcha" data-sitekey="k"></div>' }],
  ['style rules', { body: '<style>.grecaptcha-badge{visibility:hidden}</style>' }],
  [
    'a beacon of the delivery network',
    { status: 403, body: script("a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'") },
  ],
  [
    'half of a block page',
    { status: 403, body: '<p>Pardon our interruption. Your current session has been terminated.</p>' },
  ],
  ['a headline that anyone could write', { status: 403, body: '<h1>Sorry, you have been blocked</h1>' }],
  ['a page about another challenge', { body: '<title>Client Challenge</title><p>A quiz for our clients.</p>' }],
  ['a bare refusal', { status: 403, body: '<h1>Forbidden</h1>' }],
  [
    'ordinary application headers',
    {
      headers: [
        ['x-amzn-requestid', '1'],
        ['x-frontend-a', '1'],
        ['x-variant1-a', '1'],
        ['via', '1.1 google'],
      ],
    },
  ],
  ['an address with a vendor’s name in its query', { url: `${TARGET}?next=https://js.datadome.co/tags.js` }],
  ['a host that only looks like a vendor', { url: 'https://js.datadome.co.shop.example/tags.js', type: 'script' }],
];
test.each(QUIET)('finds nothing in %s', (_name, given) => {
  expect(detect(given)).toEqual([]);
});

describe('a finding', () => {
  test('calls a delivery network what it is', () => {
    expect(
      detect({
        headers: [
          ['server', 'cloudflare'],
          ['cf-ray', '1-FRA'],
        ],
      }),
    ).toMatchObject([{ vendor: 'cloudflare', category: 'cdn', severity: 0, presence: 0.94, active: { count: 0 } }]);
  });

  test('belongs to third parties when only they show it', () => {
    const given: Given = {
      url: 'https://ads.other.test/a',
      headers: [['set-cookie', 'datadome=1']],
      documentUrl: 'https://ads.other.test/frame',
    };
    expect(detect(given)).toMatchObject([{ vendor: 'datadome', scope: 'third-party', severity: 0 }]);
    expect(detect(given, { headers: [['set-cookie', 'datadome=1']] })).toMatchObject([
      { scope: 'first-party', severity: 3, evidence: [{ exchange: 'x1' }] },
    ]);
  });

  test('leaves out the networks that deliver third parties', () => {
    expect(
      detect({ url: 'https://cdn.other.test/lib.js', headers: [['server', 'cloudflare']], type: 'script' }),
    ).toEqual([]);
  });

  test('knows that a challenge was passed', () => {
    const challenged: Given = { status: 403, headers: [['cf-mitigated', 'challenge']] };
    expect(detect(challenged, { sent: [['cookie', 'cf_clearance=abc']] })).toMatchObject([
      { active: { count: 1 }, passed: true },
    ]);
    expect(detect(challenged, { status: 200 })).toMatchObject([{ passed: true }]);
    expect(detect(challenged, { status: 403 })).toMatchObject([{ passed: false }]);
    expect(detect({ sent: [['cookie', 'cf_clearance=abc']] })).toMatchObject([{ active: { count: 0 }, passed: true }]);
  });

  test('never carries a value, and keeps its evidence short', () => {
    const secret = 'very-secret-value';
    const many = Array.from({ length: 40 }, (): Given => ({
      sent: [['cookie', `datadome=${secret}; _px3=${secret}`]],
      headers: [['x-iinfo', secret]],
    }));
    const found = detect(...many);
    expect(found.map(({ vendor }) => vendor).sort()).toEqual(['datadome', 'human', 'imperva']);
    expect(JSON.stringify(found)).not.toContain(secret);
    expect(Math.max(...found.map(({ evidence }) => evidence.length))).toBeLessThanOrEqual(12);
  });

  test('grows surer with more signs', () => {
    const [one] = detect({ sent: [['cookie', 'datadome=1']] });
    const [two] = detect({ sent: [['cookie', 'datadome=1']], headers: [['x-datadome-cid', '1']] });
    expect(two?.presence).toBeGreaterThan(one?.presence ?? 1);
  });

  test('survives addresses and bodies that cannot be read', () => {
    expect(
      detect({ url: 'not a url' }, { url: 'data:text/html,x' }, { body: '<script' }, { body: '<!-- <a b="c' }),
    ).toEqual([]);
  });
});
