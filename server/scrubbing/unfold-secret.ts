import { decodeBase64Text, decodePercent } from './codecs.ts';
import { scanText } from './scan-text.ts';
import { secretsOf, type Secret } from './span.ts';

const UNFOLDED = new Set(['cookie', 'session', 'csrf', 'token', 'jwt', 'authorization', 'saml']);

/** Secrets inside a secret: the claims of a JWT, the members of a JSON cookie, a base64 document. They are known by themselves too. */
export function unfoldSecret(secret: Secret): Secret[] {
  if (!UNFOLDED.has(secret.type) || secret.value.length < 12 || secret.value.length > 65_536) return [];
  const texts: string[] = [];
  const plain = decodePercent(secret.value);
  if (/[{["=&@]/.test(plain)) texts.push(plain);
  for (const part of plain.startsWith('eyJ') || /^[\w+/-]{24,}=*$/.test(plain) ? plain.split('.') : []) {
    if (!/^(?:ey|W[3y]|PD|PH|ew)/.test(part)) continue;
    const text = decodeBase64Text(part);
    if (text !== null && /^[{[<]/.test(text)) texts.push(text);
  }
  return texts.flatMap((text) => [...secretsOf(scanText(text, true, 1))]);
}
