import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EgressLease, EgressPort } from '../egress/port.ts';
import { startEgressGuard } from '../egress/guard.ts';
import type { ClientRequest, HttpClient } from './client.ts';
import { makeCertificates } from './testing/certificates.ts';
import { startOrigin, type LocalOrigin } from './testing/origin.ts';

const BODY = JSON.stringify({ items: Array.from({ length: 50 }, (_, id) => ({ id, name: `Item ${id}` })) });
const SENT: [string, string][] = [
  ['user-agent', 'Recorded/1.0'],
  ['accept', 'application/json'],
  ['x-second', '2'],
  ['accept-language', 'de'],
  ['x-first', '1'],
  ['accept-encoding', 'gzip, deflate, br, zstd'],
];

/** What every client must do, run against real origins on loopback through the real guard. */
export function describeClient(client: HttpClient): void {
  describe(client.id, () => {
    let folder: string;
    let caFile: string;
    let secure: LocalOrigin;
    let plain: LocalOrigin;
    let guard: EgressPort & { close(): Promise<void> };
    let lease: EgressLease;
    const stop = new AbortController();

    beforeAll(async () => {
      if (!(await client.available()))
        throw new Error(`${client.name} cannot run here. Install what it needs, then run the tests again.`);
      folder = await mkdtemp(join(tmpdir(), 'client-'));
      caFile = join(folder, 'authority.pem');
      const certificates = makeCertificates(['127.0.0.1', 'localhost']);
      await writeFile(caFile, certificates.authority);
      const handle: Parameters<typeof startOrigin>[0] = ({ url }, response) => {
        if (url === '/away') response.writeHead(302, { location: '/target' }).end();
        else if (url === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(BODY));
        else if (url === '/br') response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(BODY));
        else if (url === '/zstd') response.writeHead(200, { 'content-encoding': 'zstd' }).end(zstdCompressSync(BODY));
        else if (url === '/bomb')
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(30_000_000)));
        else if (url === '/silent') return;
        else if (url === '/drip') response.writeHead(200).write('first');
        else if (url === '/blocked') response.writeHead(403, { 'x-why': 'no' }).end('refused');
        else response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] }).end(BODY);
      };
      secure = await startOrigin(handle, certificates);
      plain = await startOrigin(handle);
      guard = await startEgressGuard({
        allowPrivate: [secure.authority, plain.authority],
        upstream: () => Promise.resolve(null),
      });
    });
    beforeEach(async () => {
      secure.seen.length = 0;
      plain.seen.length = 0;
      lease = await guard.lease({
        allow: [secure.authority, plain.authority],
        tier: 'none',
        maxBytes: 50_000_000,
        timeoutMs: 15_000,
      });
    });
    afterAll(async () => {
      await client.close();
      await guard.close();
      await secure.close();
      await plain.close();
      await rm(folder, { recursive: true });
    });

    const send = (url: string, more: Partial<ClientRequest> = {}, signal = stop.signal) =>
      client.request(
        { method: 'GET', url, headers: SENT, maxBodyBytes: 1_000_000, timeoutMs: 10_000, caFile, ...more },
        lease.proxyUrl,
        signal,
      );
    const text = (body: Uint8Array): string => Buffer.from(body).toString('utf8');

    test.each(['http', 'https'])('gets an answer over %s through the guard', async (scheme) => {
      const origin = scheme === 'http' ? plain : secure;
      const result = await send(`${origin.origin}/items?q=1`);
      expect(result).toMatchObject({ ok: true, status: 200, truncated: false });
      if (!result.ok) return;
      expect(text(result.body)).toBe(BODY);
      expect(result.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)).toEqual([
        'a=1',
        'b=2',
      ]);
      expect(result.headers.find(([name]) => name === 'content-type')?.[1]).toBe('application/json');
      expect(origin.seen.map(({ method, url }) => [method, url])).toEqual([['GET', '/items?q=1']]);
      expect(lease.decisions()).toMatchObject([{ allowed: true, address: '127.0.0.1' }]);
    });

    test('sends the recorded headers in their order, and no proxy header', async () => {
      await send(`${secure.origin}/items`);
      const names = secure.seen[0]?.headers.map(([name]) => name.toLowerCase()) ?? [];
      const wanted = SENT.map(([name]) => name);
      expect(names.filter((name) => wanted.includes(name))).toEqual(wanted);
      expect(names.join()).not.toMatch(/proxy|cookie|authorization/);
      expect(secure.seen[0]?.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1]).toBe('Recorded/1.0');
    });

    test('sends HEAD as HEAD', async () => {
      expect(await send(`${secure.origin}/items`, { method: 'HEAD' })).toMatchObject({
        ok: true,
        status: 200,
        truncated: false,
      });
      expect(secure.seen.map(({ method }) => method)).toEqual(['HEAD']);
    });

    test('gives a redirect as the answer', async () => {
      const result = await send(`${secure.origin}/away`);
      expect(result).toMatchObject({ ok: true, status: 302 });
      if (result.ok) expect(result.headers.find(([name]) => name === 'location')?.[1]).toBe('/target');
      expect(secure.seen).toHaveLength(1);
    });

    test('gives a refusal as the answer', async () => {
      const result = await send(`${secure.origin}/blocked`);
      expect(result).toMatchObject({ ok: true, status: 403 });
    });

    test.each(['gzip', 'br', 'zstd'])('decodes %s', async (coding) => {
      const result = await send(`${secure.origin}/${coding}`);
      expect(result.ok && text(result.body)).toBe(BODY);
    });

    test('stops a body at the cap, decoded bytes counted', async () => {
      const result = await send(`${secure.origin}/bomb`, { maxBodyBytes: 200_000 });
      expect(result).toMatchObject({ ok: true, truncated: true });
      if (result.ok) expect(result.body.length).toBe(200_000);
    });

    test.each(['/silent', '/drip'])('gives up on %s after its time', async (path) => {
      expect(await send(`${secure.origin}${path}`, { timeoutMs: 400 })).toMatchObject({ ok: false, kind: 'timeout' });
    });

    test('stops when told to', async () => {
      const abort = new AbortController();
      const pending = send(`${secure.origin}/silent`, {}, abort.signal);
      setTimeout(() => {
        abort.abort();
      }, 100);
      expect(await pending).toMatchObject({ ok: false, kind: 'aborted' });
    });

    test('trusts no certificate that it was not told to', async () => {
      expect(await send(`${secure.origin}/items`, { caFile: null })).toMatchObject({ ok: false, kind: 'tls' });
      expect(secure.seen).toEqual([]);
    });

    test('is refused by the guard outside the lease, and says so without the credential', async () => {
      const narrow = await guard.lease({ allow: [plain.authority], tier: 'none', maxBytes: 1_000, timeoutMs: 5_000 });
      const result = await client.request(
        { method: 'GET', url: `${secure.origin}/items`, headers: [], maxBodyBytes: 1_000, timeoutMs: 5_000, caFile },
        narrow.proxyUrl,
        stop.signal,
      );
      expect(result).toMatchObject({ ok: false, kind: 'proxy' });
      expect(JSON.stringify(result)).not.toContain(new URL(narrow.proxyUrl).password);
      expect(narrow.decisions()).toMatchObject([{ allowed: false, reason: 'not one of the hosts of this capture' }]);
      expect(secure.seen).toEqual([]);
    });

    test('serves requests at the same time', async () => {
      const results = await Promise.all(Array.from({ length: 6 }, (_, i) => send(`${secure.origin}/items?n=${i}`)));
      expect(results.every((result) => result.ok && result.status === 200)).toBe(true);
      expect(secure.seen.map(({ url }) => url).sort()).toEqual(Array.from({ length: 6 }, (_, i) => `/items?n=${i}`));
    });
  });
}
