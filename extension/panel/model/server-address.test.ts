import { expect, test } from 'vitest';
import { DEFAULT_SERVER, describeDestination, readServerAddress } from './server-address.ts';

test.each([
  ['', DEFAULT_SERVER, 'this-machine'],
  ['  http://localhost:9000/app?x=1 ', 'http://localhost:9000', 'this-machine'],
  ['127.0.0.1:7717', 'http://127.0.0.1:7717', 'this-machine'],
  ['[::1]:7717', 'http://[::1]:7717', 'this-machine'],
  ['recon.example.com', 'https://recon.example.com', 'encrypted'],
  ['recon.example.com:8443/x', 'https://recon.example.com:8443', 'encrypted'],
  ['http://recon.example.com', 'http://recon.example.com', 'open'],
  ['http://127.0.0.1.example.com', 'http://127.0.0.1.example.com', 'open'],
  ['HTTPS://Recon.Example.com', 'https://recon.example.com', 'encrypted'],
])('%j is read as %s', (typed, server, place) => {
  expect(readServerAddress(typed)).toMatchObject({ ok: true, server, place });
});

test.each(['ftp://x.example', 'http://', 'https://user:pass@x.example', 'http://a b', 'javascript://x'])(
  '%j is refused',
  (typed) => {
    expect(readServerAddress(typed).ok).toBe(false);
  },
);

test('the sentence names the host and says when the way is open', () => {
  expect(describeDestination(readServerAddress(''))).toContain('Nothing leaves the machine');
  expect(describeDestination(readServerAddress('http://x.example'))).toContain('without encryption');
  expect(describeDestination(readServerAddress('x.example'))).toContain('x.example over an encrypted');
  expect(describeDestination(readServerAddress('ftp://x'))).toContain('Nothing is sent');
});
