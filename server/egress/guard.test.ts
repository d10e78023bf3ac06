import { createServer, request, type Server } from 'node:http';
import { connect, createServer as createTcp } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { EgressDecision, EgressLease } from './port.ts';
import { startEgressGuard, type EgressGuardOptions } from './guard.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const listen = async (server: Server | ReturnType<typeof createTcp>): Promise<number> => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  closers.push(
    () =>
      new Promise((done) => {
        server.close(done);
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
};

async function startOrigin(body = 'hello'): Promise<{ port: number; seen: { url: string; headers: string[] }[] }> {
  const seen: { url: string; headers: string[] }[] = [];
  const port = await listen(
    createServer((message, response) => {
      seen.push({ url: message.url ?? '', headers: message.rawHeaders });
      if (message.url === '/away') response.writeHead(302, { location: `http://other.example:${port}/secret` }).end();
      else response.end(body);
    }),
  );
  return { port, seen };
}

async function startGuard(options: Partial<EgressGuardOptions> = {}) {
  const guard = await startEgressGuard({ allowPrivate: [], upstream: () => Promise.resolve(null), ...options });
  closers.push(() => guard.close());
  return guard;
}

const lease = { tier: 'none', maxBytes: 1_000_000, timeoutMs: 5_000 } as const;

/** Sends one CONNECT and, when the tunnel opens, one request through it. */
function throughTunnel(given: EgressLease | string, authority: string, path = '/'): Promise<string> {
  const proxy = new URL(typeof given === 'string' ? given : given.proxyUrl);
  return new Promise((done) => {
    let text = '';
    let sent = false;
    const socket = connect(Number(proxy.port), '127.0.0.1', () => {
      const auth =
        proxy.username === '' ? '' : `Proxy-Authorization: Basic ${btoa(`${proxy.username}:${proxy.password}`)}\r\n`;
      socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${auth}\r\n`);
    });
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!sent && text.startsWith('HTTP/1.1 200')) {
        sent = true;
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      done(text);
    });
  });
}

function absolute(given: EgressLease, url: string, headers: string[] = []): Promise<{ status: number; body: string }> {
  const proxy = new URL(given.proxyUrl);
  return new Promise((done, failed) => {
    const sent = request({
      host: '127.0.0.1',
      port: proxy.port,
      path: url,
      headers: [
        'Host',
        new URL(url).host,
        'Proxy-Authorization',
        `Basic ${btoa(`${proxy.username}:${proxy.password}`)}`,
        ...headers,
      ],
      setHost: false,
    });
    sent.on('error', failed);
    sent.on('response', (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      answer.on('close', () => {
        done({ status: answer.statusCode ?? 0, body });
      });
    });
    sent.end();
  });
}

test('reaches an allowed host by tunnel and by plain request, resolving its name once each', async () => {
  const origin = await startOrigin();
  const resolved: string[] = [];
  const guard = await startGuard({
    allowPrivate: [`shop.example:${origin.port}`],
    resolve: (host) => {
      resolved.push(host);
      return Promise.resolve(['127.0.0.1']);
    },
  });
  const port = await guard.lease({ ...lease, allow: [`shop.example:${origin.port}`] });
  expect(await throughTunnel(port, `shop.example:${origin.port}`, '/a')).toContain('hello');
  const plain = await absolute(port, `http://shop.example:${origin.port}/b?c=1`, [
    'X-One',
    '1',
    'Accept',
    '*/*',
    'x-two',
    '2',
  ]);
  expect(plain).toEqual({ status: 200, body: 'hello' });
  expect(resolved).toEqual(['shop.example', 'shop.example']);
  expect(port.decisions().map(({ allowed, address }) => [allowed, address])).toEqual([
    [true, '127.0.0.1'],
    [true, '127.0.0.1'],
  ]);
  expect(origin.seen[1]?.url).toBe('/b?c=1');
  expect(origin.seen[1]?.headers).toEqual([
    'Host',
    `shop.example:${origin.port}`,
    'X-One',
    '1',
    'Accept',
    '*/*',
    'x-two',
    '2',
    'Connection',
    'close',
  ]);
});

test('refuses a request without the credential of an open lease', async () => {
  const origin = await startOrigin();
  const authority = `127.0.0.1:${origin.port}`;
  const guard = await startGuard({ allowPrivate: [authority] });
  const port = await guard.lease({ ...lease, allow: [authority] });
  const wrong = new URL(port.proxyUrl);
  wrong.password = 'x'.repeat(wrong.password.length);
  expect(await throughTunnel(wrong.href, authority)).toMatch(/^HTTP\/1\.1 407/);
  wrong.username = '';
  expect(await throughTunnel(wrong.href, authority)).toMatch(/^HTTP\/1\.1 407/);
  await port.close();
  expect(await throughTunnel(port, authority)).toMatch(/^HTTP\/1\.1 407/);
  expect(origin.seen).toEqual([]);
});

test('refuses hosts and ports outside the lease, also as the target of a redirect', async () => {
  const origin = await startOrigin();
  const names = ['shop.example', 'other.example'];
  const guard = await startGuard({
    allowPrivate: names.map((name) => `${name}:${origin.port}`),
    resolve: () => Promise.resolve(['127.0.0.1']),
  });
  const port = await guard.lease({ ...lease, allow: [`shop.example:${origin.port}`] });
  expect(await throughTunnel(port, `shop.example:${origin.port}`, '/away')).toContain('302');
  expect(await throughTunnel(port, `other.example:${origin.port}`, '/secret')).toMatch(/^HTTP\/1\.1 403/);
  expect(await throughTunnel(port, 'shop.example:22')).toMatch(/^HTTP\/1\.1 403/);
  expect(origin.seen.map(({ url }) => url)).toEqual(['/away']);
  expect(
    port
      .decisions()
      .filter(({ allowed }) => !allowed)
      .map(({ reason }) => reason),
  ).toEqual(['not one of the hosts of this capture', 'not one of the hosts of this capture']);
});

const PRIVATE_SPELLINGS = [
  '127.0.0.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '127.1',
  '0x7f.1',
  '127.0.0.1.',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[::ffff:0:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '0.0.0.0',
  '10.0.0.1',
  '172.20.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '[fd00::1]',
  '[fe80::1]',
  'localhost',
  'printer.local',
  'metadata.internal',
  'intranet',
];

test.each(PRIVATE_SPELLINGS)('never connects to %s, even when the capture names it', async (host) => {
  let connections = 0;
  const canary = await listen(createTcp((socket) => ((connections += 1), socket.destroy())));
  const guard = await startGuard({ resolve: () => Promise.resolve(['127.0.0.1']) });
  const port = await guard.lease({ ...lease, allow: [`${host}:${canary}`] });
  expect(await throughTunnel(port, `${host}:${canary}`)).toMatch(/^HTTP\/1\.1 40[03]/);
  expect((await absolute(port, `http://${host}:${canary}/`)).status).toBe(403);
  expect(port.decisions().every(({ allowed }) => !allowed)).toBe(true);
  expect(connections).toBe(0);
});

test.each([
  [['93.184.215.14', '10.0.0.5']],
  [['127.0.0.1']],
  [['::ffff:127.0.0.1']],
  [['64:ff9b::a9fe:a9fe']],
  [['169.254.169.254']],
  [[]],
])('refuses a name whose addresses are %j', async (addresses) => {
  const guard = await startGuard({ resolve: () => Promise.resolve(addresses) });
  const port = await guard.lease({ ...lease, allow: ['www.example.com:80'] });
  expect(await throughTunnel(port, 'www.example.com:80')).toMatch(/^HTTP\/1\.1 403/);
});

test('cuts an attempt that moves too many bytes, and one that takes too long', async () => {
  const origin = await startOrigin('y'.repeat(300_000));
  const silent = await listen(createTcp((socket) => socket.resume()));
  const allow = [`127.0.0.1:${origin.port}`, `127.0.0.1:${silent}`];
  const guard = await startGuard({ allowPrivate: allow });
  const small = await guard.lease({ ...lease, allow, maxBytes: 50_000 });
  expect((await throughTunnel(small, allow[0] ?? '')).length).toBeLessThan(300_000);
  expect(small.decisions().at(-1)).toMatchObject({ allowed: false, reason: 'cut off after 50000 bytes' });
  const short = await guard.lease({ ...lease, allow, timeoutMs: 200 });
  await throughTunnel(short, allow[1] ?? '');
  expect(short.decisions().at(-1)).toMatchObject({ allowed: false, reason: 'cut off after 0.2 s' });
});

interface Upstream {
  port: number;
  asked: { url: string; authorization: string }[];
}
async function startUpstream(): Promise<Upstream> {
  const asked: Upstream['asked'] = [];
  const server = createServer();
  server.on('connect', (message, client) => {
    const authorization = message.headers['proxy-authorization'] ?? '';
    asked.push({ url: message.url ?? '', authorization });
    client.on('error', () => undefined);
    if (authorization !== `Basic ${btoa('op:p@ss')}`) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const target = new URL(`http://${message.url ?? ''}`);
    const socket = connect(Number(target.port), target.hostname, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(client).pipe(socket);
    });
    socket.on('error', () => client.destroy());
    client.on('close', () => socket.destroy());
  });
  return { port: await listen(server), asked };
}

test('goes through an upstream proxy to the checked address, with credentials the client never sees', async () => {
  const origin = await startOrigin();
  const upstream = await startUpstream();
  const failures: string[] = [];
  const decisions: EgressDecision[] = [];
  let password = 'p%40ss';
  const guard = await startGuard({
    allowPrivate: [`shop.example:${origin.port}`],
    resolve: () => Promise.resolve(['127.0.0.1']),
    upstream: (tier) =>
      Promise.resolve(tier === 'datacenter' ? `http://op:${password}@127.0.0.1:${upstream.port}` : null),
    onUpstreamFailure: (tier) => failures.push(tier),
    onDecision: (decision) => decisions.push(decision),
  });
  expect(await guard.tiers()).toEqual(['none', 'datacenter']);
  const allow = [`shop.example:${origin.port}`];
  const port = await guard.lease({ ...lease, allow, tier: 'datacenter' });
  expect(await throughTunnel(port, allow[0] ?? '')).toContain('hello');
  expect((await absolute(port, `http://${allow[0] ?? ''}/p`)).body).toBe('hello');
  expect(upstream.asked.map(({ url }) => url)).toEqual([`127.0.0.1:${origin.port}`, `127.0.0.1:${origin.port}`]);
  expect(origin.seen.flatMap(({ headers }) => headers).join()).not.toMatch(/proxy/i);
  password = 'wrong';
  expect(await throughTunnel(port, allow[0] ?? '')).toMatch(/^HTTP\/1\.1 502/);
  expect(failures).toEqual(['datacenter']);
  expect(JSON.stringify([port.proxyUrl, decisions])).not.toMatch(/p@ss|p%40ss|wrong|"op"/);
  const none = await guard.lease({ ...lease, allow, tier: 'residential' });
  expect(await throughTunnel(none, allow[0] ?? '')).toMatch(/^HTTP\/1\.1 403/);
});

test('says what is wrong with a malformed list of private targets', async () => {
  await expect(startGuard({ allowPrivate: ['localhost'] })).rejects.toThrow('“localhost” is not host:port');
});
