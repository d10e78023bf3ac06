import { describe, expect, it } from 'vitest';
import type { Exchange, Header } from '#shared/exchange.ts';
import { writeForms } from './encodings.ts';
import { findLeaks } from './leak-gate.ts';
import { createScrubber } from './scrubber.ts';

const KEY = new Uint8Array(32).fill(11);
const OTHER_KEY = new Uint8Array(32).fill(12);

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
function createToken(random: () => number, length = 32): string {
  return Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)] ?? 'a').join('');
}

interface Parts {
  url?: string;
  requestHeaders?: Header[];
  responseHeaders?: Header[];
  sent?: string;
  sentType?: string;
  received?: string;
  receivedType?: string;
  messages?: Exchange['messages'];
  initiator?: string;
  error?: string;
}

function createExchange(index: number, parts: Parts): Exchange {
  const body = (text: string | undefined, mimeType: string): Exchange['request']['body'] =>
    text === undefined ? null : { mimeType, bytes: text.length, text };
  return {
    id: `x${index}`,
    requestId: `r${index}`,
    hop: 0,
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 5,
    resourceType: 'xhr',
    documentUrl: null,
    frameId: null,
    initiator: { type: 'script', ...(parts.initiator === undefined ? {} : { url: parts.initiator }) },
    request: {
      method: 'POST',
      url: parts.url ?? 'https://shop.example.test/api/items',
      headers: parts.requestHeaders ?? [],
      body: body(parts.sent, parts.sentType ?? 'application/json'),
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: parts.responseHeaders ?? [],
      mimeType: parts.receivedType ?? 'application/json',
      fromCache: null,
      body: body(parts.received, parts.receivedType ?? 'application/json'),
    },
    error: parts.error === undefined ? null : { text: parts.error, canceled: false },
    incomplete: null,
    redirectTo: null,
    preflightOf: null,
    serviceWorkerPair: null,
    action: null,
    messages: parts.messages ?? [],
  };
}

function scrubAll(exchanges: readonly Exchange[], key = KEY): { twins: Exchange[]; text: string } {
  const scrubber = createScrubber(key);
  for (const exchange of exchanges) scrubber.collect(exchange);
  const twins = exchanges.map((exchange) => scrubber.scrubExchange(exchange));
  return { twins, text: JSON.stringify(twins) };
}

type Place = (canary: string) => Parts;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const PLACES: Readonly<Record<string, Place>> = {
  'bearer header': (canary) => ({ requestHeaders: [['Authorization', `Bearer ${canary}`]] }),
  'basic header': (canary) => ({ requestHeaders: [['authorization', `Basic ${base64(`ann:${canary}`)}`]] }),
  'digest header': (canary) => ({
    requestHeaders: [['Authorization', `Digest username="ann", realm="r", response="${canary}"`]],
  }),
  'key header': (canary) => ({ requestHeaders: [['X-Api-Key', canary]] }),
  'csrf header': (canary) => ({ requestHeaders: [['x-csrftoken', canary]] }),
  cookie: (canary) => ({ requestHeaders: [['Cookie', `theme=dark; visitor=${canary}; lang=en-US`]] }),
  'cookie without a name': (canary) => ({ requestHeaders: [['Cookie', canary]] }),
  'set-cookie': (canary) => ({ responseHeaders: [['Set-Cookie', `a=${canary}; Path=/; HttpOnly`]] }),
  'joined set-cookie': (canary) => ({ responseHeaders: [['set-cookie', `b=1; Path=/\nc=${canary}; Secure`]] }),
  'location header': (canary) => ({ responseHeaders: [['Location', `/cb?code=${canary}&state=abcdefgh12`]] }),
  'referer header': (canary) => ({ requestHeaders: [['Referer', `https://a.example.test/?access_token=${canary}`]] }),
  query: (canary) => ({ url: `https://a.example.test/v1?page=2&api_key=${canary}&limit=5` }),
  fragment: (canary) => ({ url: `https://a.example.test/cb#access_token=${canary}&expires_in=60` }),
  'user info': (canary) => ({ url: `https://ann:${canary}@a.example.test/x` }),
  path: (canary) => ({ url: `https://a.example.test/reset-password/${canary}` }),
  'nested url': (canary) => ({
    url: `https://a.example.test/go?next=${encodeURIComponent(`https://b.example.test/?token=${canary}`)}`,
  }),
  json: (canary) => ({ sent: JSON.stringify({ a: 1, deep: [{ user: { password: canary } }] }) }),
  'json list': (canary) => ({ received: JSON.stringify({ recoveryCodes: [canary, 'b2-c3'], count: 2 }) }),
  'json in a string': (canary) => ({
    sent: JSON.stringify({ p: JSON.stringify({ q: JSON.stringify({ token: canary }) }) }),
  }),
  'json in base64': (canary) => ({ received: JSON.stringify({ p: base64(JSON.stringify({ clientSecret: canary })) }) }),
  'named pair': (canary) => ({ sent: JSON.stringify([{ name: 'Authorization', value: `Bearer ${canary}` }]) }),
  'graphql literal': (canary) => ({
    sent: JSON.stringify({ query: `mutation { login(name: "a", password: "${canary}") { ok } }` }),
  }),
  'graphql variable': (canary) => ({
    sent: JSON.stringify({ query: 'mutation L($p: String!) { login(password: $p) { ok } }', variables: { p: canary } }),
  }),
  'cut json': (canary) => ({ received: `{"items":[1,2],"access_token":"${canary}` }),
  'guarded json': (canary) => ({ received: `)]}',\n{"access_token":"${canary}"}` }),
  'json lines': (canary) => ({
    received: `{"a":1}\n{"refresh_token":"${canary}"}\n`,
    receivedType: 'application/x-ndjson',
  }),
  form: (canary) => ({
    sent: `grant_type=x&client_secret=${canary}&remember=1`,
    sentType: 'application/x-www-form-urlencoded',
  }),
  multipart: (canary) => ({
    sent: `--bound1\r\nContent-Disposition: form-data; name="password"\r\n\r\n${canary}\r\n--bound1--\r\n`,
    sentType: 'multipart/form-data; boundary=bound1',
  }),
  'hidden input': (canary) => ({
    received: `<input value="${canary}" name="__RequestVerificationToken">`,
    receivedType: 'text/html',
  }),
  'meta tag': (canary) => ({ received: `<meta name="csrf-token" content="${canary}">`, receivedType: 'text/html' }),
  'inline state': (canary) => ({
    received: `<script>window.S=JSON.parse("{\\"auth\\":{\\"token\\":\\"${canary}\\"}}")</script>`,
    receivedType: 'text/html',
  }),
  'html in json': (canary) => ({ received: JSON.stringify({ html: `<input name="csrf_token" value="${canary}">` }) }),
  xml: (canary) => ({ received: `<a:Password Type="t">${canary}</a:Password>`, receivedType: 'text/xml' }),
  script: (canary) => ({ received: `const api={accessToken:'${canary}'};`, receivedType: 'text/javascript' }),
  'socket message': (canary) => ({ messages: [{ t: 1, direction: 'sent', data: `42["auth",{"token":"${canary}"}]` }] }),
  'event message': (canary) => ({
    messages: [{ t: 1, direction: 'received', data: JSON.stringify({ sessionId: canary }) }],
  }),
  initiator: (canary) => ({ initiator: `https://a.example.test/x.js?token=${canary}` }),
  'error text': (canary) => ({ error: `failed at https://a.example.test/a.js?v=3&token=${canary}` }),
};

describe('createScrubber', () => {
  for (const [place, parts] of Object.entries(PLACES)) {
    it(`replaces a secret in place: ${place}`, () => {
      const canary = createToken(createRandom(place.length * 7919));
      const exchange = createExchange(0, parts(canary));
      const { text } = scrubAll([exchange]);
      expect(JSON.stringify([exchange])).not.toBe(text);
      for (const { written } of writeForms(canary, '-', 'token')) expect(text).not.toContain(written);
    });
  }

  it('leaves no canary of any place readable in any way of writing, wherever it is echoed', () => {
    const random = createRandom(42);
    const canaries: string[] = [];
    const exchanges: Exchange[] = [];
    for (const parts of Object.values(PLACES)) {
      for (let round = 0; round < 8; round++) {
        const canary = createToken(random, 24 + round * 3);
        canaries.push(canary);
        const index = exchanges.length;
        const echoes = writeForms(canary, '-', 'token').map(({ written }) => written);
        exchanges.push(
          createExchange(index, { received: `seen: ${echoes.join(' | ')} .`, receivedType: 'text/plain' }),
        );
        exchanges.push(createExchange(index + 1, parts(canary)));
      }
    }
    const { text } = scrubAll(exchanges);
    const readable = canaries.filter((canary) =>
      writeForms(canary, '-', 'token').some(({ written }) => text.includes(written)),
    );
    expect(canaries.length).toBeGreaterThanOrEqual(300);
    expect(readable).toEqual([]);
  });

  it('changes nothing when it reads its own output, with the same key or another', () => {
    const random = createRandom(7);
    const exchanges = Object.values(PLACES).map((parts, index) => createExchange(index, parts(createToken(random))));
    exchanges.push(
      createExchange(exchanges.length, {
        received: JSON.stringify({
          email: 'ann.lee@corp-mail.example',
          phone: '+49 30 901820',
          pin: 482_193,
          card: '4012 8888 8888 1881',
          iban: 'DE89370400440532013000',
          ssn: '078-05-1123',
          user: { name: 'Ann Lee', latitude: 40.712_776, dob: '1985-04-12' },
          ip: '93.184.216.34',
        }),
      }),
    );
    const first = scrubAll(exchanges);
    expect(scrubAll(first.twins).text).toBe(first.text);
    expect(scrubAll(first.twins, OTHER_KEY).text).toBe(first.text);
  });

  it('gives one placeholder to a value everywhere, and another under another key', () => {
    const secret = createToken(createRandom(3));
    const exchanges = [
      createExchange(0, { received: `{"echo":"${secret}"}` }),
      createExchange(1, { requestHeaders: [['Authorization', `Bearer ${secret}`]] }),
      createExchange(2, { url: `https://a.example.test/x?n=${secret}` }),
    ];
    const { twins } = scrubAll(exchanges);
    const placeholder = twins[1]?.request.headers[0]?.[1].slice(7) ?? '';
    expect(placeholder).toMatch(/^rdx_\w{28}$/);
    expect(twins[0]?.response?.body?.text).toBe(`{"echo":"${placeholder}"}`);
    expect(twins[2]?.request.url).toBe(`https://a.example.test/x?n=${placeholder}`);
    expect(scrubAll(exchanges, OTHER_KEY).text).not.toContain(placeholder);
  });

  it('keeps keys and JSON types, and rewrites a key that is itself personal the same in all exchanges', () => {
    const shape = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shape);
      if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]));
    };
    const document = {
      password: 'Tr0ub4dor&3"\\x',
      pin: 482_193,
      nested: {
        apiKey: createToken(createRandom(5)),
        enabled: true,
        nothing: null,
        list: [1.5, 'a"b<c>', { token: 'ab12cd34' }],
      },
      html: '<a href="https://u:pa55word@h.example.test/">x</a>',
      escaped: 'line\nline\t\u0001 token="x1y2z3a4b5c6"',
    };
    const byMail = JSON.stringify({ members: { 'ann@corp-mail.example': { role: 'admin' } } });
    const { twins } = scrubAll([
      createExchange(0, { received: JSON.stringify(document) }),
      createExchange(1, { received: byMail }),
      createExchange(2, { url: 'https://a.example.test/u/ann%40corp-mail.example' }),
    ]);
    const twin: unknown = JSON.parse(twins[0]?.response?.body?.text ?? '');
    expect(shape(twin)).toEqual(shape(document));
    const members = twins[1]?.response?.body?.text ?? '';
    const address = /user-[a-z2-7]+@redacted\.invalid/.exec(members)?.[0] ?? 'none';
    expect(JSON.parse(members)).toEqual({ members: { [address]: { role: 'admin' } } });
    expect(twins[2]?.request.url).toBe(`https://a.example.test/u/${encodeURIComponent(address)}`);
  });

  it('leaves ordinary ids, slugs, cursors, hashes, versions and labels alone', () => {
    const texts = [
      '{"id":"64f2af41d7660ed64f66a77b","uuid":"0b0f4f4e-8a55-4e0e-9f6e-0d1c5a1c2b3d","slug":"red-running-shoes-42"}',
      '{"nextPageToken":"CAUQAA8s7d6f5g4h","cursor":"eyJpZCI6IDEwMCwgImRpciI6ICJuZXh0In0","tokens_used":1234}',
      '{"author":"Ann","keyboard":"qwerty","etag":"dfa7f7e21b58da8e946fecf8e5516897","password":"Password"}',
      '{"token_endpoint":"https://id.example.test/oauth/token","expires_in":3600,"token_type":"bearer"}',
      '{"version":"10.0.19041.1","sku":"4111111111111111","gtin":"4006381333931","price":12.5}',
      '{"products":[{"name":"Blue Mug","address":"5 Main St","latitude":40.7128}],"code":"NOT_FOUND"}',
      'const t=e.token,n=this.password,r=getToken(a);s.apiKey=o.apiKey||"";f({password:e.password})',
      '.a{background:url(icon@2x.png);color:#c0ffee} npm i lodash@4.17.21',
      '<label for="password">Password</label><input type="password" name="password" placeholder="Password">',
    ];
    const { twins } = scrubAll(
      texts.map((received, index) => createExchange(index, { received, receivedType: 'text/plain' })),
    );
    expect(twins.map(({ response }) => response?.body?.text)).toEqual(texts);
  });

  it('replaces a short or common value only where it was found', () => {
    const { twins } = scrubAll([
      createExchange(0, { sent: '{"username":"admin","password":"admin"}', requestHeaders: [['Cookie', 'v=example']] }),
      createExchange(1, { url: 'https://admin.example.test/admin/users', received: '{"role":"admin"}' }),
    ]);
    expect(twins[0]?.request.body?.text).not.toContain('"password":"admin"');
    expect(twins[1]?.request.url).toBe('https://admin.example.test/admin/users');
    expect(twins[1]?.response?.body?.text).toBe('{"role":"admin"}');
  });

  it('keeps the attributes of a cookie, the names of parameters and the claims of a JWT', () => {
    const payload = { sub: 'u-551', email: 'ann@corp-mail.example', exp: 1_790_000_000, admin: true };
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${createToken(createRandom(9), 43)}`;
    const { twins } = scrubAll([
      createExchange(0, {
        responseHeaders: [
          ['Set-Cookie', 'sid=s%3AKcfK3CdZ4n45uCjU.qttg67KW5z92TnLZ; Path=/; Max-Age=60; SameSite=Lax'],
        ],
        requestHeaders: [['Authorization', `Bearer ${jwt}`]],
        received: `mail ${payload.email}`,
      }),
    ]);
    expect(twins[0]?.response?.headers[0]?.[1]).toMatch(
      /^sid=s(?::|%3A)rdx_\w+\.rdx_\w+; Path=\/; Max-Age=60; SameSite=Lax$/,
    );
    const [header = '', claims = '', signature = ''] = (twins[0]?.request.headers[0]?.[1] ?? '').slice(7).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' });
    const twin: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
    expect(twin).toMatchObject({ exp: payload.exp, admin: true });
    expect(twin).not.toMatchObject({ sub: payload.sub });
    expect(signature).toMatch(/^rdx_/);
    expect(twins[0]?.response?.body?.text).toMatch(/^mail user-[a-z2-7]+@redacted\.invalid$/);
  });

  it('puts a typed stub in the place of bytes that are no text, and reads text that came as base64', () => {
    const bytes = Buffer.from([0, 1, 2, 255, 254, 7]);
    const exchange = createExchange(0, {});
    exchange.request.body = { mimeType: 'application/json', bytes: 20, base64: base64('{"password":"s3cr3t-99"}') };
    if (exchange.response !== null) {
      exchange.response.body = { mimeType: 'image/png', bytes: 6, base64: bytes.toString('base64') };
    }
    const [twin] = scrubAll([exchange]).twins;
    expect(twin?.response?.body).toMatchObject({ mimeType: 'image/png', bytes: 6, lost: 'policy' });
    expect(twin?.response?.body?.base64).toBeUndefined();
    expect(twin?.response?.body?.sha256).toMatch(/^rdx_[0-9a-f]{64}$/);
    expect(twin?.request.body?.text).toMatch(/^\{"password":"rdx_\w+"\}$/);
  });

  it('counts distinct values and replacements by type, without values', () => {
    const scrubber = createScrubber(KEY);
    const secret = createToken(createRandom(21));
    const exchanges = [0, 1, 2].map((index) => createExchange(index, { requestHeaders: [['X-Api-Key', secret]] }));
    for (const exchange of exchanges) scrubber.collect(exchange);
    for (const exchange of exchanges) scrubber.scrubExchange(exchange);
    expect(scrubber.manifest()).toEqual({ values: 1, types: [{ type: 'api-key', values: 1, replacements: 3 }] });
  });

  it('hands what it knows to the next scrubber and to the leak gate', () => {
    const secret = createToken(createRandom(33));
    const first = createScrubber(KEY);
    first.collect(createExchange(0, { requestHeaders: [['X-Api-Key', secret]] }));
    const entries = first.entries();
    const later = createScrubber(KEY, entries).scrubText(`late mention of ${secret}`);
    expect(later).not.toContain(secret);
    expect(findLeaks(later, entries)).toEqual([]);
    expect(findLeaks(`x ${base64(`ab${secret}`)} y`, entries)).toEqual([{ type: 'api-key', count: 1 }]);
  });
});
