import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** Just enough DER to make a certificate authority and one server certificate that lives for an hour. */
const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const size: number[] = [];
  for (let rest = body.length; rest > 0; rest >>>= 8) size.unshift(rest & 0xff);
  const length = body.length < 0x80 ? [body.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: Uint8Array[]): Buffer => tlv(0x30, ...parts);
const explicit = (n: number, part: Uint8Array): Buffer => tlv(0xa0 | n, part);
const octets = (part: Uint8Array): Buffer => tlv(0x04, part);
const bits = (part: Uint8Array): Buffer => tlv(0x03, Buffer.from([0]), part);
const integer = (part: Uint8Array): Buffer => tlv(0x02, part);
const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((value) => {
    const out = [value & 0x7f];
    for (let left = value >>> 7; left > 0; left >>>= 7) out.unshift(0x80 | (left & 0x7f));
    return out;
  });
  return tlv(0x06, Buffer.from([first * 40 + second, ...bytes]));
};
const utcTime = (date: Date): Buffer =>
  tlv(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
const commonName = (text: string): Buffer =>
  sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(text)))));
const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [tlv(0x01, Buffer.from([0xff]))] : []), octets(value));
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END ${label}-----\n`;

function certificate(
  subject: { name: string; key: KeyObject },
  issuer: { name: string; publicKey: KeyObject; privateKey: KeyObject },
  extensions: readonly Buffer[],
): string {
  const now = Date.now();
  const keyId = createHash('sha1')
    .update(issuer.publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    commonName(issuer.name),
    sequence(utcTime(new Date(now - 600_000)), utcTime(new Date(now + 3_600_000))),
    commonName(subject.name),
    subject.key.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions, extension('2.5.29.35', false, sequence(tlv(0x80, keyId))))),
  );
  return pem('CERTIFICATE', sequence(body, ECDSA_SHA256, bits(sign('sha256', body, issuer.privateKey))));
}

/** A throw-away authority and a server certificate for the given names; PEM texts. */
export function makeCertificates(names: readonly string[]): { authority: string; certificate: string; key: string } {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [root, leaf] = [pair(), pair()];
  const issuer = { name: 'Local test authority', publicKey: root.publicKey, privateKey: root.privateKey };
  const rootId = createHash('sha1')
    .update(root.publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
  const alternative = names.map((name) =>
    /^\d+(?:\.\d+){3}$/.test(name) ? tlv(0x87, Buffer.from(name.split('.').map(Number))) : tlv(0x82, Buffer.from(name)),
  );
  return {
    authority: certificate({ name: issuer.name, key: root.publicKey }, issuer, [
      extension('2.5.29.19', true, sequence(tlv(0x01, Buffer.from([0xff])))),
      extension('2.5.29.15', true, tlv(0x03, Buffer.from([1, 0x06]))),
      extension('2.5.29.14', false, octets(rootId)),
    ]),
    certificate: certificate({ name: names[0] ?? 'localhost', key: leaf.publicKey }, issuer, [
      extension('2.5.29.19', true, sequence()),
      extension('2.5.29.15', true, tlv(0x03, Buffer.from([7, 0x80]))),
      extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', false, sequence(...alternative)),
    ]),
    key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
