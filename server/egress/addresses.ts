import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Special ranges that the address library takes for ordinary ones; each is a way to a private address or a cloud's own. */
const MORE_SPECIAL: readonly { range: string; reason: string }[] = [
  { range: '168.63.129.16/32', reason: 'a cloud platform address' },
  { range: '::/96', reason: 'an IPv4 address written as IPv6' },
  { range: '::ffff:0:0:0/96', reason: 'a translated IPv4 address' },
  { range: '64:ff9b::/96', reason: 'a NAT64 address' },
  { range: '64:ff9b:1::/48', reason: 'a NAT64 address' },
  { range: '2002::/16', reason: 'a 6to4 address' },
];

const WORDS: Readonly<Record<string, string>> = {
  unspecified: 'the unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  carrierGradeNat: 'a carrier-grade NAT address',
  private: 'a private address',
  uniqueLocal: 'a private address',
  reserved: 'a reserved address',
  rfc6052: 'a NAT64 address',
  rfc6145: 'a translated IPv4 address',
  '6to4': 'a 6to4 address',
  teredo: 'a Teredo address',
};

/** `::10.0.0.1` is written `::a00:1`, so that the address library does not take it for a mapped one. */
const inHexadecimal = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1);

/** Why nothing may be sent to this IP address (`a loopback address`), or null when it is an ordinary public one. */
export function addressProblem(address: string): string | null {
  const [bare = ''] = address.split('%', 1);
  const version = isIP(bare);
  if (version === 0) return 'not an IP address';
  const parsed = ipaddr.process(version === 6 ? inHexadecimal(bare) : bare);
  for (const { range, reason } of MORE_SPECIAL) {
    const [network, bits] = ipaddr.parseCIDR(range);
    if (network.kind() === parsed.kind() && parsed.match(network, bits)) return reason;
  }
  const kind = parsed.range();
  return kind === 'unicast' ? null : (WORDS[kind] ?? 'a special-purpose address');
}
