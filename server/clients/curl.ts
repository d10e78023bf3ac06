import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Header } from '#shared/exchange.ts';
import type { ClientRequest, ClientResult, FailureKind, HttpClient } from './client.ts';
import { deadline, failed } from './failure.ts';
import { readBody } from './read-body.ts';

const MAX_HEAD = 262_144;
/** Exit codes of curl, from its manual. */
const EXITS: Readonly<Record<number, FailureKind>> = {
  5: 'proxy',
  28: 'timeout',
  35: 'tls',
  51: 'tls',
  56: 'proxy',
  58: 'tls',
  60: 'tls',
  77: 'tls',
  97: 'proxy',
};

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/[\r\n\0]/g, '')}"`;

/** Everything goes in by standard input: nothing about the request or the way out shows in a list of processes. */
function configuration(request: ClientRequest, proxyUrl: string): string {
  const lines = [
    `url = ${quoted(request.url)}`,
    `proxy = ${quoted(proxyUrl)}`,
    'proxytunnel',
    'suppress-connect-headers',
    'noproxy = ""',
    'silent',
    'globoff',
    'path-as-is',
    'include',
    'no-buffer',
    request.method === 'HEAD' ? 'head' : 'request = "GET"',
    ...(request.caFile === null ? [] : [`cacert = ${quoted(request.caFile)}`]),
    ...request.headers.map(([name, value]) => `header = ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
  ];
  return `${lines.join('\n')}\n`;
}

interface Head {
  status: number;
  httpVersion: string;
  headers: Header[];
}

function parseHead(text: string): Head | null {
  const [first = '', ...lines] = text.split('\r\n');
  const [, httpVersion = '', status = ''] = /^HTTP\/([0-9.]+) (\d{3})/.exec(first) ?? [];
  if (status === '') return null;
  const headers = lines.flatMap((line): Header[] => {
    const at = line.indexOf(':');
    return at < 1 ? [] : [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]];
  });
  return { status: Number(status), httpVersion, headers };
}

/** Reads heads until a final one; what follows it stays in the stream. */
function readHead(stream: Readable): Promise<Head | null> {
  return new Promise((resolve) => {
    let text = '';
    const done = (head: Head | null, rest: string) => {
      stream.removeListener('data', onData);
      stream.removeListener('end', onEnd);
      stream.pause();
      if (rest !== '') stream.unshift(Buffer.from(rest, 'latin1'));
      resolve(head);
    };
    const onEnd = () => {
      done(null, '');
    };
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
        const head = parseHead(text.slice(0, end));
        text = text.slice(end + 4);
        if (head === null || head.status >= 200) {
          done(head, text);
          return;
        }
      }
      if (text.length > MAX_HEAD) done(null, '');
    };
    stream.on('data', onData);
    stream.on('end', onEnd);
  });
}

async function request(request: ClientRequest, proxyUrl: string, signal: AbortSignal): Promise<ClientResult> {
  const startedAt = performance.now();
  const limit = deadline(signal, request.timeoutMs);
  const process = spawn('curl', ['-q', '--config', '-'], { env: {}, stdio: ['pipe', 'pipe', 'ignore'] });
  const exit = new Promise<number | null>((done) => {
    process.once('error', () => {
      done(null);
    });
    process.once('close', done);
  });
  const kill = () => process.kill('SIGKILL');
  limit.signal.addEventListener('abort', kill, { once: true });
  try {
    process.stdin.on('error', () => undefined);
    process.stdin.end(configuration(request, proxyUrl));
    const head = await readHead(process.stdout);
    const encoding = head?.headers.filter(([name]) => name === 'content-encoding').map(([, value]) => value);
    const read = head === null ? null : await readBody(process.stdout, encoding?.join(','), request.maxBodyBytes);
    if (read?.truncated === true) kill();
    process.stdout.destroy();
    const code = await exit;
    const { aborted, timedOut } = limit.state();
    if (aborted) return failed('aborted', startedAt);
    if (timedOut) return failed('timeout', startedAt);
    if (head === null || read === null || (code !== 0 && !read.truncated))
      return failed(EXITS[code ?? -1] ?? 'connect', startedAt);
    return {
      ok: true,
      status: head.status,
      headers: head.headers,
      ...read,
      httpVersion: head.httpVersion,
      durationMs: performance.now() - startedAt,
    };
  } catch {
    const { aborted, timedOut } = limit.state();
    return failed(aborted ? 'aborted' : timedOut ? 'timeout' : 'protocol', startedAt);
  } finally {
    limit.signal.removeEventListener('abort', kill);
    if (process.exitCode === null) kill();
  }
}

/** The curl that is installed on this machine. */
export const curl: HttpClient = {
  id: 'curl',
  name: 'curl',
  looksLike: 'OpenSSL’s TLS greeting, HTTP/2 where the site offers it',
  protocols: ['http/1.1', 'h2'],
  request,
  available: () =>
    new Promise((done) => {
      const process = spawn('curl', ['-q', '--version'], { env: {}, stdio: 'ignore' });
      process.once('error', () => {
        done(false);
      });
      process.once('close', (code) => {
        done(code === 0);
      });
    }),
  close: () => Promise.resolve(),
};
