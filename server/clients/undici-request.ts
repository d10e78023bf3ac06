import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { ProxyAgent, request as send } from 'undici';
import type { Header } from '#shared/exchange.ts';
import type { ClientRequest, ClientResult } from './client.ts';
import { classifyError, deadline, failed } from './failure.ts';
import { readBody } from './read-body.ts';

const authorities = async (caFile: string | null): Promise<{ ca: string[] } | null> =>
  caFile === null ? null : { ca: [...rootCertificates, await readFile(caFile, 'utf8')] };

const pairs = (headers: Readonly<Record<string, string | string[] | undefined>>): Header[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    value === undefined
      ? []
      : Array.isArray(value)
        ? value.map((one): Header => [name, one])
        : [[name, value] as Header],
  );

/** Sends one request with Node's own HTTP client and TLS, over HTTP/1.1 or, when the site offers it, HTTP/2. */
export async function undiciRequest(
  request: ClientRequest,
  proxyUrl: string,
  signal: AbortSignal,
  http2: boolean,
): Promise<ClientResult> {
  const startedAt = performance.now();
  const limit = deadline(signal, request.timeoutMs);
  const { username, password, origin } = new URL(proxyUrl);
  const tls = await authorities(request.caFile);
  const agent = new ProxyAgent({
    uri: origin,
    token: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    proxyTunnel: true,
    allowH2: http2,
    pipelining: 0,
    requestTls: { ...tls, allowH2: http2, ALPNProtocols: http2 ? ['h2', 'http/1.1'] : ['http/1.1'] },
  });
  try {
    const answer = await send(request.url, {
      method: request.method,
      headers: request.headers.flat(),
      dispatcher: agent,
      signal: limit.signal,
    });
    const encoding = answer.headers['content-encoding'];
    const read =
      request.method === 'HEAD'
        ? { body: new Uint8Array(), truncated: false }
        : await readBody(answer.body, Array.isArray(encoding) ? encoding.join(',') : encoding, request.maxBodyBytes);
    return {
      ok: true,
      status: answer.statusCode,
      headers: pairs(answer.headers),
      ...read,
      httpVersion: http2 ? null : '1.1',
      durationMs: performance.now() - startedAt,
    };
  } catch (error) {
    return failed(classifyError(error, limit.state()), startedAt);
  } finally {
    await agent.destroy().catch(() => undefined);
  }
}
