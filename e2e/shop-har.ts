import { randomBytes } from 'node:crypto';
import type { Shop } from './sites/shop/server.ts';

interface Pair {
  name: string;
  value: string;
}

interface Message {
  headers: Pair[];
  cookies: Pair[];
  httpVersion: string;
  headersSize: number;
  bodySize: number;
}

export interface HarEntry {
  startedDateTime: string;
  time: number;
  request: Message & {
    method: string;
    url: string;
    queryString: Pair[];
    postData?: { mimeType: string; text: string };
  };
  response: Message & {
    status: number;
    statusText: string;
    content: { size: number; mimeType: string; text: string };
    redirectURL: string;
  };
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
}

export interface Har {
  log: { version: '1.2'; creator: { name: string; version: string }; entries: HarEntry[] };
}

export interface ShopHar {
  har: Har;
  /** What no answer, file or prompt may hold. */
  secrets: string[];
}

interface Spoken {
  method?: string;
  url: string;
  headers?: Record<string, string>;
  body?: string;
  status: number;
  answerHeaders: [string, string][];
  answer: string;
}

const START = Date.UTC(2026, 2, 1, 9);
const toPairs = (all: Iterable<readonly [string, string]>): Pair[] =>
  [...all].map(([name, value]) => ({ name, value }));

function toEntry(spoken: Spoken, index: number): HarEntry {
  const url = new URL(spoken.url);
  const type = spoken.answerHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const about = { cookies: [], httpVersion: 'HTTP/1.1', headersSize: -1 };
  return {
    startedDateTime: new Date(START + index * 700).toISOString(),
    time: 20,
    request: {
      ...about,
      method: spoken.method ?? 'GET',
      url: url.href,
      queryString: toPairs(url.searchParams),
      headers: toPairs(Object.entries(spoken.headers ?? {})),
      bodySize: spoken.body?.length ?? 0,
      ...(spoken.body === undefined
        ? {}
        : { postData: { mimeType: spoken.headers?.['content-type'] ?? 'application/json', text: spoken.body } }),
    },
    response: {
      ...about,
      status: spoken.status,
      statusText: '',
      headers: toPairs(spoken.answerHeaders),
      content: { size: Buffer.byteLength(spoken.answer), mimeType: type, text: spoken.answer },
      redirectURL: '',
      bodySize: Buffer.byteLength(spoken.answer),
    },
    cache: {},
    timings: { send: 1, wait: 18, receive: 1 },
  };
}

const canary = (): string => randomBytes(24).toString('base64url');

/** A log-in and what follows it, never spoken by the shop: every usual place of a secret holds one. */
function inventAccount(origin: string): { spoken: Spoken[]; secrets: string[] } {
  const email = `q.${randomBytes(8).toString('hex')}@mail.example`;
  const password = `Pw+${canary()}/=&`;
  const signed = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.${Buffer.from(
    JSON.stringify({ sub: email, exp: 1_900_000_000 }),
  ).toString('base64url')}.${canary()}`;
  const refresh = canary();
  const session = canary();
  const apiKey = canary();
  const basic = Buffer.from(`${email}:${canary()}`).toString('base64');
  const json: [string, string] = ['content-type', 'application/json'];
  const spoken: Spoken[] = [
    {
      method: 'POST',
      url: `${origin}/api/login`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` },
      body: new URLSearchParams({ email, password, remember: 'true' }).toString(),
      status: 200,
      answerHeaders: [json, ['set-cookie', `account_session=${session}; Path=/; HttpOnly`]],
      answer: JSON.stringify({ accessToken: signed, refreshToken: refresh, user: { id: 41, email } }),
    },
    ...['1', '2'].map((page) => ({
      url: `${origin}/api/orders?page=${page}&api_key=${apiKey}`,
      headers: { authorization: `Bearer ${signed}`, cookie: `account_session=${session}` },
      status: 200,
      answerHeaders: [json],
      answer: JSON.stringify({
        items: [{ orderId: 7000 + Number(page), total: 12.5, note: `Sent to ${email} with ${refresh}` }],
        page: Number(page),
      }),
    })),
  ];
  return { spoken, secrets: [email, password, signed, refresh, session, apiKey, basic] };
}

/** Visits the shop by plain requests, as a HAR, followed by a made-up log-in. */
export async function recordShopHar(shop: Shop): Promise<ShopHar> {
  const { origin } = shop;
  const jar = new Map<string, string>();
  const spoken: Spoken[] = [];
  const ask = async (path: string, change: { body?: string; headers?: Record<string, string> } = {}) => {
    const url = `${origin}${path}`;
    const method = change.body === undefined ? 'GET' : 'POST';
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: '*/*', ...(cookie === '' ? {} : { cookie }), ...change.headers };
    const response = await fetch(url, { method, headers, body: change.body ?? null });
    const answer = await response.text();
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const answerHeaders = [...response.headers].filter(([name]) => name !== 'content-encoding');
    const body = change.body === undefined ? {} : { body: change.body };
    spoken.push({ method, url, headers, ...body, status: response.status, answerHeaders, answer });
    return answer;
  };
  await ask('/');
  await ask('/api/categories');
  const me = JSON.parse(await ask('/api/me')) as { email: string };
  for (const page of [1, 2, 3]) await ask(`/api/products?page=${page}&limit=12`);
  for (const q of ['lamp', 'linen']) await ask(`/api/products/search?q=${q}&sort=price`);
  for (const id of [1001, 1003, 1005]) {
    await ask(`/api/products/${id}`);
    await ask(`/api/products/${id}/reviews?limit=5`);
  }
  const csrf = jar.get('csrf') ?? '';
  await ask('/api/cart/items', {
    body: JSON.stringify({ productId: 1001, quantity: 2 }),
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
  });
  await ask('/api/cart');
  const account = inventAccount(origin);
  return {
    har: {
      log: {
        version: '1.2',
        creator: { name: 'recording', version: '1' },
        entries: [...spoken, ...account.spoken].map(toEntry),
      },
    },
    secrets: [...jar.values(), me.email, ...account.secrets],
  };
}

/** What of the base64 of a text stays the same wherever the text stands in a longer one. */
function base64Cores(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
}

/** A secret in the encodings in which it usually travels. */
export function formsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString('hex');
  const cores = base64Cores(secret);
  return [
    ...new Set([
      secret,
      percent,
      percent.toLowerCase(),
      encodeURIComponent(percent),
      new URLSearchParams({ v: secret }).toString().slice(2),
      JSON.stringify(secret).slice(1, -1),
      secret.replaceAll('/', '\\/'),
      secret.replace(/[&<>"'=+/]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`),
      secret.replaceAll('&', '&amp;'),
      hex,
      hex.toUpperCase(),
      ...cores,
      ...cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

/** The secrets that a text holds, in whatever form; empty when it is clean. */
export const findSecrets = (text: string, secrets: readonly string[]): string[] =>
  secrets.flatMap((secret) => formsOf(secret).filter((form) => text.includes(form)));
