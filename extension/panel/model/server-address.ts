export const DEFAULT_SERVER = 'http://127.0.0.1:7717';

export type ServerAddress =
  | { ok: true; server: string; host: string; place: 'this-machine' | 'encrypted' | 'open' }
  | { ok: false; reason: string };

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Reads what was typed as a server: the scheme may be left out, a path is dropped. */
export function readServerAddress(typed: string): ServerAddress {
  const text = typed.trim() || DEFAULT_SERVER;
  const bare = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `${LOOPBACK.test(hostPart(text)) ? 'http' : 'https'}://${text}`;
  const url = URL.parse(bare);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    return { ok: false, reason: 'This is no server address. It should look like https://recon.example.com.' };
  }
  const place = LOOPBACK.test(url.hostname) ? 'this-machine' : url.protocol === 'https:' ? 'encrypted' : 'open';
  return { ok: true, server: url.origin, host: url.host, place };
}

function hostPart(text: string): string {
  return text.split(/[/?#]/)[0]?.replace(/:\d+$/, '') ?? '';
}

/** Where the recording goes, in a sentence. */
export function describeDestination(address: ServerAddress): string {
  if (!address.ok) return 'Nothing is sent until the server address is valid.';
  switch (address.place) {
    case 'this-machine':
      return `It goes to ${address.host}, a server on this machine. Nothing leaves the machine.`;
    case 'encrypted':
      return `It goes to ${address.host} over an encrypted connection, and nowhere else.`;
    case 'open':
      return `It goes to ${address.host} without encryption: anyone on the way can read it. Use https where you can.`;
  }
}
