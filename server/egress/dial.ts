import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Target } from './targets.ts';

const CONNECT_MS = 10_000;
const MAX_ANSWER = 16_384;

/** A connection that could not be made; `message` is for people and names no credential. */
export class DialError extends Error {
  override readonly name = 'DialError';
  /** The upstream proxy itself failed or refused, not the site. */
  readonly upstream: boolean;
  constructor(message: string, upstream: boolean) {
    super(message);
    this.upstream = upstream;
  }
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', what: string, upstream: boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      socket.destroy();
      reject(new DialError(`${what} ${why}`, upstream));
    };
    socket.setTimeout(CONNECT_MS, () => {
      fail('did not answer in time');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      fail(`could not be reached (${error.code ?? 'connection failed'})`);
    });
    socket.once(event, () => {
      socket.setTimeout(0);
      socket.removeAllListeners('error');
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}

/** Connects to exactly these addresses, in order; nothing is resolved here. */
export async function dialDirect(
  addresses: readonly string[],
  port: number,
): Promise<{ socket: Socket; address: string }> {
  let last = new DialError('the site has no address', false);
  for (const address of addresses) {
    try {
      const socket = connectTcp({ host: address, port, family: isIP(address), noDelay: true });
      return { socket: await opened(socket, 'connect', 'the site', false), address };
    } catch (error) {
      if (!(error instanceof DialError)) throw error;
      last = error;
    }
  }
  throw last;
}

/** Head of the proxy's answer to CONNECT; what came after it goes back into the socket. */
function readAnswer(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const done = (act: () => void) => {
      socket.removeListener('data', onData);
      socket.removeListener('close', onClose);
      socket.setTimeout(0);
      act();
    };
    const fail = (why: string) => {
      done(() => {
        socket.destroy();
        reject(new DialError(`the upstream proxy ${why}`, true));
      });
    };
    const onClose = () => {
      fail('closed the connection');
    };
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end === -1) {
        if (text.length > MAX_ANSWER) fail('gave no proper answer');
        return;
      }
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
      done(() => {
        socket.pause();
        const rest = text.slice(end + 4);
        if (rest !== '') socket.unshift(Buffer.from(rest, 'latin1'));
        resolve(status);
      });
    };
    socket.setTimeout(CONNECT_MS, () => {
      fail('did not answer in time');
    });
    socket.on('close', onClose);
    socket.on('data', onData);
  });
}

const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

/**
 * Asks an HTTP proxy for a tunnel to one checked address. `upstreamUrl` may hold credentials; they go to that proxy and
 * nowhere else.
 */
export async function dialThrough(upstreamUrl: string, target: Target): Promise<Socket> {
  if (!URL.canParse(upstreamUrl)) throw new DialError('the upstream proxy has no usable address', true);
  const upstream = new URL(upstreamUrl);
  if (upstream.protocol !== 'http:' && upstream.protocol !== 'https:')
    throw new DialError('the upstream proxy is neither http nor https', true);
  const host = upstream.hostname.replace(/^\[|\]$/g, '');
  const secure = upstream.protocol === 'https:';
  const port = Number(upstream.port || (secure ? 443 : 80));
  const socket = secure
    ? await opened(
        connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) }),
        'secureConnect',
        'the upstream proxy',
        true,
      )
    : await opened(connectTcp({ host, port, noDelay: true }), 'connect', 'the upstream proxy', true);
  const authority = `${bracketed(target.host)}:${target.port}`;
  const credentials = `${decodeURIComponent(upstream.username)}:${decodeURIComponent(upstream.password)}`;
  const authorization =
    upstream.username === '' && upstream.password === ''
      ? ''
      : `Proxy-Authorization: Basic ${Buffer.from(credentials, 'utf8').toString('base64')}\r\n`;
  const answer = readAnswer(socket);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`);
  const status = await answer;
  if (status >= 200 && status < 300) return socket;
  socket.destroy();
  throw new DialError(
    status === 407 ? 'the upstream proxy refused its credentials (407)' : `the upstream proxy answered ${status}`,
    true,
  );
}
