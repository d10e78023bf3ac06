import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface Seen {
  method: string;
  url: string;
  httpVersion: string;
  /** Header names and values in the order in which they arrived, pseudo headers left out. */
  headers: [string, string][];
}
export interface LocalOrigin {
  origin: string;
  /** `host:port`. */
  authority: string;
  seen: Seen[];
  close(): Promise<void>;
}
type Handler = (seen: Seen, response: ServerResponse) => void;

const pairs = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, i): [string, string] => [raw[2 * i] ?? '', raw[2 * i + 1] ?? '']).filter(
    ([name]) => !name.startsWith(':'),
  );

/** Starts an origin on loopback that notes every request; with `tls` it speaks HTTP/1.1 and HTTP/2. */
export async function startOrigin(handle: Handler, tls?: { certificate: string; key: string }): Promise<LocalOrigin> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket | TLSSocket>();
  const answer = (message: IncomingMessage, response: ServerResponse) => {
    const one: Seen = {
      method: message.method ?? '',
      url: message.url ?? '',
      httpVersion: message.httpVersion,
      headers: pairs(message.rawHeaders),
    };
    seen.push(one);
    handle(one, response);
  };
  const server =
    tls === undefined
      ? createHttp(answer)
      : createSecureServer({ cert: tls.certificate, key: tls.key, allowHTTP1: true });
  if (tls !== undefined) server.on('request', answer);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('sessionError', () => undefined);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', () => {
      done();
    });
  });
  const bound = server.address();
  const authority = `127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://${authority}`,
    authority,
    seen,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          done();
        });
      }),
  };
}
