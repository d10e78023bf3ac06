import { expect, test } from 'vitest';
import type { Header } from '#shared/exchange.ts';
import { compareAnswers, type Comparison, type RecordedAnswer } from './compare.ts';

const item = (id: number, more: object = {}) => ({
  id,
  name: `Item ${id}`,
  price: { amount: 10 + id, currency: 'EUR' },
  stock: 3,
  tags: ['a', 'b'],
  url: `/p/${id}`,
  ...more,
});
const list = (from: number, count: number, more: object = {}) => ({
  data: { items: Array.from({ length: count }, (_, i) => item(from + i, more)), page: { next: 'c1', total: 431 } },
  meta: { took: 12 },
});
const RECORDED: RecordedAnswer = {
  status: 200,
  mimeType: 'application/json',
  headers: [['content-type', 'application/json']],
  text: JSON.stringify(list(1, 24)),
};

interface Given {
  status?: number;
  headers?: Header[];
  body?: unknown;
  needsAuth?: boolean;
  recorded?: Partial<RecordedAnswer>;
  truncated?: boolean;
}
function compare({
  status = 200,
  headers = [['content-type', 'application/json']],
  body = list(1, 24),
  ...more
}: Given): Comparison {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return compareAnswers(
    { ...RECORDED, ...more.recorded },
    {
      ok: true,
      status,
      headers,
      body: Buffer.from(text),
      truncated: more.truncated ?? false,
      httpVersion: null,
      durationMs: 5,
    },
    { method: 'GET', url: 'https://shop.example/api/items', needsAuth: more.needsAuth ?? false },
    Date.parse('2026-01-01T00:00:00Z'),
  );
}
const html: Header[] = [['content-type', 'text/html; charset=utf-8']];
const page = (title: string, body = '') =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;

const CASES: [string, Given, Comparison['outcome']][] = [
  ['the identical answer', {}, 'same'],
  ['other rows of the same kind', { body: list(900, 24) }, 'same'],
  ['one row fewer', { body: list(1, 23) }, 'same'],
  ['more fields than before', { body: { ...list(1, 24), ads: [{ x: 1 }] } }, 'same'],
  ['numbers written as text in one field', { body: list(1, 24, { id: '7' }) }, 'same'],
  ['an anti-hijacking prefix', { body: `)]}'\n${JSON.stringify(list(1, 24))}` }, 'same'],
  ['an emptied list', { body: list(1, 0) }, 'soft-block'],
  ['three rows of twenty-four', { body: list(1, 3) }, 'soft-block'],
  ['a nulled price', { body: list(1, 24, { price: null }) }, 'soft-block'],
  ['a nulled amount', { body: list(1, 24, { price: { amount: null, currency: 'EUR' } }) }, 'soft-block'],
  ['a removed stock', { body: list(1, 24, { stock: undefined }) }, 'soft-block'],
  ['data: null', { body: { data: null, meta: { took: 1 } } }, 'soft-block'],
  [
    'a GraphQL error with status 200',
    { body: { errors: [{ message: 'PersistedQueryNotFound' }], data: null } },
    'soft-block',
  ],
  ['an error object', { body: { error: { code: 'FORBIDDEN', message: 'no' } } }, 'different'],
  ['another document altogether', { body: { welcome: true } }, 'different'],
  ['an empty body', { body: '' }, 'soft-block'],
  ['202 without data', { status: 202, body: '' }, 'soft-block'],
  ['a web page instead of data', { headers: html, body: page('Home') }, 'soft-block'],
  [
    'a login page instead of data',
    { headers: html, body: page('Welcome', '<input type="password" name="p">') },
    'login',
  ],
  ['a login page known by its title', { headers: html, body: page('Sign in – Shop') }, 'login'],
  [
    'a redirect to the login',
    { status: 302, headers: [['location', '/account/login?next=%2Fapi']], body: '' },
    'login',
  ],
  ['a redirect to another page', { status: 302, headers: [['location', '/']], body: '' }, 'different'],
  [
    'a redirect to another site',
    { status: 302, headers: [['location', 'https://other.test/']], body: '' },
    'different',
  ],
  ['401', { status: 401, body: {} }, 'login'],
  ['403 with credentials left out', { status: 403, body: {}, needsAuth: true }, 'login'],
  ['403 out of the blue', { status: 403, body: {} }, 'blocked'],
  ['406', { status: 406, body: 'Not Acceptable' }, 'blocked'],
  ['429', { status: 429, body: {} }, 'rate-limited'],
  ['503 that asks to wait', { status: 503, headers: [['retry-after', '30']], body: '' }, 'rate-limited'],
  ['503', { status: 503, body: '' }, 'error'],
  ['404', { status: 404, body: {} }, 'different'],
  [
    'a challenge with status 202',
    { status: 202, headers: [['x-amzn-waf-action', 'challenge']], body: '' },
    'challenge',
  ],
  ['a CAPTCHA with status 405', { status: 405, headers: [['x-amzn-waf-action', 'captcha']], body: '' }, 'challenge'],
  [
    'a mitigated request',
    { status: 403, headers: [['cf-mitigated', 'challenge'], ...html], body: page('Just a moment...') },
    'challenge',
  ],
  [
    'a script-only interstitial with status 200',
    {
      headers: html,
      body: '<html><script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script></html>',
    },
    'challenge',
  ],
  [
    'a CAPTCHA pointer as JSON',
    { status: 403, body: { url: 'https://geo.captcha-delivery.com/captcha/?initialCid=1' } },
    'challenge',
  ],
  [
    'a press-and-hold object',
    { status: 403, body: { appId: 'PXabcd1234', jsClientSrc: '/abcd1234/init.js', blockScript: '/captcha.js' } },
    'challenge',
  ],
  [
    'a rejection page with status 200',
    {
      headers: html,
      body: page(
        'Request Rejected',
        'The requested URL was rejected. Please consult with your administrator. Your support ID is: 1',
      ),
    },
    'blocked',
  ],
  ['the same refusal as in the recording', { status: 403, recorded: { status: 403 } }, 'same'],
  ['an answer past the cap', { truncated: true }, 'different'],
];

test.each(CASES)('%s', (_name, given, outcome) => {
  expect(compare(given)).toMatchObject({ outcome });
});

test('says what went missing, without values', () => {
  expect(compare({ body: list(1, 24, { price: null }) }).reason).toBe('emptied fields: $.data.items[].price');
  expect(compare({ body: list(1, 0) }).reason).toBe('an empty list at $.data.items where the recording has 24 rows');
  const secretKey = 'user9876543210';
  const recorded = { text: JSON.stringify({ [secretKey]: { price: 1 }, b: 1, c: 2 }) };
  expect(compare({ recorded, body: { b: 1, c: 2 } }).reason).not.toContain(secretKey);
});

test('reads how long to wait, in seconds or as a date', () => {
  expect(compare({ status: 429, headers: [['Retry-After', '90']], body: '' }).retryAfterMs).toBe(90_000);
  expect(compare({ status: 429, headers: [['retry-after', 'Thu, 01 Jan 2026 00:02:00 GMT']], body: '' })).toMatchObject(
    {
      retryAfterMs: 120_000,
      reason: 'too many requests (429); it asks to wait 120 s',
    },
  );
});

test('an interactive test and a page that is gone are not the client’s fault', () => {
  expect(compare({ status: 403, body: { url: 'https://geo.captcha-delivery.com/c' } }).conclusive).toBe(false);
  expect(compare({ status: 404, body: {} }).conclusive).toBe(true);
});

test('without a recorded body only status and media type count', () => {
  expect(compare({ recorded: { text: null } })).toMatchObject({ outcome: 'same' });
  expect(compare({ recorded: { text: null }, headers: html, body: page('x') })).toMatchObject({ outcome: 'different' });
});

test('text that is not JSON is compared by kind and size', () => {
  const csv: Header[] = [['content-type', 'text/csv']];
  const recorded = { mimeType: 'text/csv', headers: csv, text: 'a,b\n'.repeat(100) };
  expect(compare({ recorded, headers: csv, body: 'c,d\n'.repeat(90) })).toMatchObject({ outcome: 'same' });
  expect(compare({ recorded, headers: csv, body: 'c,d\n' })).toMatchObject({ outcome: 'soft-block' });
  expect(compare({ recorded, headers: html, body: page('Hello') })).toMatchObject({ outcome: 'soft-block' });
});
