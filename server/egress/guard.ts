import { lookup } from 'node:dns/promises';
import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Tier } from '#shared/report.ts';
import { AppError } from '../errors.ts';
import { addressProblem } from './addresses.ts';
import { DialError, dialDirect, dialThrough } from './dial.ts';
import { openLease, type Lease } from './lease.ts';
import type { EgressDecision, EgressPort } from './port.ts';
import { nameProblem, parseTarget, targetKey, type Target } from './targets.ts';

export interface EgressGuardOptions {
  /** `host:port` of private targets that the operator of this server allows; nothing a user sends adds to it. */
  allowPrivate: readonly string[];
  /** Proxy URL of a tier, with its credentials, or null when the operator has none. */
  upstream: (tier: Tier) => Promise<string | null>;
  /** All addresses of a name, IPv4 and IPv6. The system's resolver by default. */
  resolve?: (host: string) => Promise<readonly string[]>;
  onDecision?: (decision: EgressDecision) => void;
  /** An upstream proxy failed or refused its credentials: time to read them again. */
  onUpstreamFailure?: (tier: Tier) => void;
}

type Refusal = { ok: false; reason: string; status: 403 | 502 };
type Way = { ok: true; socket: Socket };

const HOP_BY_HOP = new Set([
  'connection',
  'proxy-connection',
  'proxy-authorization',
  'proxy-authenticate',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const BUSY_LEASES = 256;

const systemResolve = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);

function credentials(header: string | undefined): { id: string; password: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at === -1 ? null : { id: text.slice(0, at), password: text.slice(at + 1) };
}

/**
 * Starts the proxy on loopback through which everything that goes to a captured site leaves the server. It resolves a name
 * once, refuses it if any of its addresses is not an ordinary public one, and connects to an address it checked.
 */
export async function startEgressGuard(options: EgressGuardOptions): Promise<EgressPort & { close(): Promise<void> }> {
  const resolve = options.resolve ?? systemResolve;
  const leases = new Map<string, Lease>();
  const open = new Set<Duplex>();
  const privateTargets = new Set(
    options.allowPrivate.map((authority) => {
      const target = parseTarget(authority);
      if (target === null)
        throw new AppError(
          'INTERNAL_ERROR',
          `“${authority}” is not host:port; correct the list of allowed private targets.`,
        );
      return targetKey(target);
    }),
  );

  async function check(target: Target): Promise<{ addresses: readonly string[] } | { reason: string }> {
    const mayBePrivate = privateTargets.has(targetKey(target));
    const name = mayBePrivate ? null : nameProblem(target.host);
    if (name !== null) return { reason: `${name}; this server sends only to public sites` };
    let addresses: readonly string[];
    try {
      addresses = isIP(target.host) === 0 ? await resolve(target.host) : [target.host];
    } catch {
      return { reason: 'the name could not be resolved' };
    }
    if (addresses.length === 0) return { reason: 'the name has no address' };
    if (mayBePrivate) return { addresses };
    for (const address of addresses) {
      const problem = addressProblem(address);
      if (problem !== null) return { reason: `${problem}; this server sends only to public sites` };
    }
    return { addresses };
  }

  async function openWay(lease: Lease, target: Target): Promise<Way | Refusal> {
    const decide = (allowed: boolean, reason: string, address: string | null) => {
      lease.note({ ...target, address, allowed, reason });
    };
    const refuse = (reason: string, status: Refusal['status'] = 403): Refusal => {
      decide(false, reason, null);
      return { ok: false, reason, status };
    };
    if (!lease.allows(target)) return refuse('not one of the hosts of this capture');
    const checked = await check(target);
    if ('reason' in checked) return refuse(checked.reason);
    const { tier } = lease.request;
    try {
      if (tier === 'none') {
        const { socket, address } = await dialDirect(checked.addresses, target.port);
        decide(true, 'public address, connected', address);
        return { ok: true, socket };
      }
      const upstream = await options.upstream(tier);
      if (upstream === null) return refuse(`no ${tier} proxy is configured`);
      const address = checked.addresses.find((one) => isIP(one) === 4) ?? checked.addresses[0] ?? target.host;
      const socket = await dialThrough(upstream, { host: address, port: target.port });
      decide(true, `public address, connected through the ${tier} proxy`, address);
      return { ok: true, socket };
    } catch (error) {
      if (!(error instanceof DialError)) throw error;
      if (error.upstream) options.onUpstreamFailure?.(tier);
      decide(true, error.message, checked.addresses[0] ?? null);
      return { ok: false, reason: error.message, status: 502 };
    }
  }

  const leaseOf = (message: IncomingMessage): Lease | null => {
    const given = credentials(message.headers['proxy-authorization']);
    const lease = given === null ? undefined : leases.get(given.id);
    return given !== null && lease?.matches(given.password) ? lease : null;
  };

  const meter = (lease: Lease, stream: Duplex) => {
    stream.on('data', (chunk: Buffer) => {
      lease.count(chunk.length);
    });
  };

  async function tunnel(message: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    const answer = (status: string, headers = '') => {
      client.end(`HTTP/1.1 ${status}\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`);
    };
    const lease = leaseOf(message);
    if (lease === null) {
      answer('407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="egress"\r\n');
      return;
    }
    const target = parseTarget(message.url ?? '');
    if (target === null) {
      lease.note({ host: '', port: 0, address: null, allowed: false, reason: 'not a host and port' });
      answer('400 Bad Request');
      return;
    }
    const way = await openWay(lease, target);
    if (!way.ok) {
      answer(way.status === 403 ? '403 Forbidden' : '502 Bad Gateway');
      return;
    }
    if (!lease.hold(client) || !lease.hold(way.socket) || client.destroyed) {
      way.socket.destroy();
      return;
    }
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    meter(lease, client);
    meter(lease, way.socket);
    if (head.length > 0) {
      lease.count(head.length);
      way.socket.write(head);
    }
    client.pipe(way.socket).pipe(client);
    client.once('close', () => way.socket.destroy());
    way.socket.once('close', () => client.destroy());
  }

  async function forward(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const lease = leaseOf(message);
    const end = (status: number) => {
      response.writeHead(status, status === 407 ? { 'proxy-authenticate': 'Basic realm="egress"' } : {}).end();
    };
    if (lease === null) {
      end(407);
      return;
    }
    const address = message.url ?? '';
    const url = URL.canParse(address) ? new URL(address) : null;
    const target =
      url?.protocol === 'http:' && url.username === '' ? parseTarget(`${url.hostname}:${url.port || '80'}`) : null;
    if (url === null || target === null) {
      lease.note({ host: '', port: 0, address: null, allowed: false, reason: 'not an http address' });
      end(400);
      return;
    }
    const way = await openWay(lease, target);
    if (!way.ok) {
      end(way.status);
      return;
    }
    if (!lease.hold(message.socket) || !lease.hold(way.socket)) return;
    meter(lease, way.socket);
    const headers: string[] = ['Host', url.host];
    for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
      const [name = '', value = ''] = message.rawHeaders.slice(i, i + 2);
      if (name.toLowerCase() !== 'host' && !HOP_BY_HOP.has(name.toLowerCase())) headers.push(name, value);
    }
    headers.push('Connection', 'close');
    const outgoing = sendRequest({
      method: message.method,
      path: `${url.pathname}${url.search}`,
      headers,
      setHost: false,
      createConnection: () => way.socket,
    });
    outgoing.once('socket', (socket) => socket.resume());
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    outgoing.on('error', () => {
      if (response.headersSent) response.destroy();
      else end(502);
    });
    response.once('close', () => way.socket.destroy());
    message.on('data', (chunk: Buffer) => {
      lease.count(chunk.length);
    });
    message.pipe(outgoing);
  }

  const server = createServer({ maxHeaderSize: 65_536 }, (message, response) => {
    forward(message, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
  });
  server.on('connect', (message: IncomingMessage, client: Duplex, head: Buffer) => {
    tunnel(message, client, head).catch(() => client.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      server.removeListener('error', failed);
      done();
    });
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;

  return {
    tiers: async () => {
      const known: Tier[] = ['none'];
      for (const tier of ['datacenter', 'residential'] as const)
        if ((await options.upstream(tier).catch(() => null)) !== null) known.push(tier);
      return known;
    },
    lease: (request) => {
      if (leases.size >= BUSY_LEASES)
        return Promise.reject(new AppError('UNAVAILABLE', 'Too many replays are under way; try again later.'));
      const { lease, port: given } = openLease(request, {
        port,
        onDecision: (decision) => options.onDecision?.(decision),
        onClose: (id) => leases.delete(id),
      });
      leases.set(lease.id, lease);
      return Promise.resolve(given);
    },
    close: async () => {
      for (const stream of open) stream.destroy();
      await new Promise<void>((done) => {
        server.close(() => {
          done();
        });
      });
    },
  };
}
