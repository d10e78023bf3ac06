import { isIPv4, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { HttpContext } from './http-env.ts';

const plain = (address: string): string => address.replace(/^::ffff:/i, '');

/** The address of the other end; `X-Forwarded-For` counts only from the operator's own proxies, and only its last entry. */
export function peerAddress(c: HttpContext): string {
  const socket = plain(getConnInfo(c).remote.address ?? '');
  if (!c.get('deps').settings.trustedProxies.includes(socket)) return socket;
  const last = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return isIPv4(last) || isIPv6(last) ? plain(last) : socket;
}

export const isLoopback = (address: string): boolean => address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);

/** Both the other end and the name it used are this machine, so that no page elsewhere can lead a browser here by its own name. */
export function isLocal(c: HttpContext): boolean {
  const socket = plain(getConnInfo(c).remote.address ?? '');
  const name = (c.req.header('host') ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  return isLoopback(socket) && isLoopback(peerAddress(c)) && (name === 'localhost' || isLoopback(name));
}
