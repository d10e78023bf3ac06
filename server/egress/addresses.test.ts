import { expect, test } from 'vitest';
import { addressProblem } from './addresses.ts';

test.each([
  '93.184.215.14',
  '1.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '172.32.0.0',
  '2a00:1450:4001:80b::200e',
  '2606:2800:220:1::1',
])('lets the public address %s through', (address) => {
  expect(addressProblem(address)).toBeNull();
});

test.each([
  ['127.255.255.255', 'a loopback address'],
  ['100.127.255.255', 'a carrier-grade NAT address'],
  ['168.63.129.16', 'a cloud platform address'],
  ['::ffff:168.63.129.16', 'a cloud platform address'],
  ['::10.0.0.1', 'an IPv4 address written as IPv6'],
  ['::ffff:0:10.0.0.1', 'a translated IPv4 address'],
  ['64:ff9b:1::1', 'a NAT64 address'],
  ['2002:a00:1::', 'a 6to4 address'],
  ['fe80::1%eth0', 'a link-local address'],
  ['192.0.0.192', 'a reserved address'],
  ['192.52.193.1', 'a special-purpose address'],
  ['example.com', 'not an IP address'],
])('names what is wrong with %s', (address, problem) => {
  expect(addressProblem(address)).toBe(problem);
});
