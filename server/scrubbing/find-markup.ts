import { acceptsValue } from './accept-value.ts';
import { classifyName } from './classify-name.ts';
import { decodeEntities, entityCodec, escapedJsonCodec, plainCodec } from './codecs.ts';
import type { Codec, Span } from './span.ts';

const TAG_MAX = 4096;
const ATTRIBUTE = /([\w:@.-]{1,64})\s{0,4}=\s{0,4}(\\*)(?:"([^"<>]*?)\2"|'([^'<>]*?)\2')/g;
const NAMING = new Set(['name', 'id', 'property', 'http-equiv', 'itemprop', 'key']);
const HOLDING = new Set(['value', 'content']);

interface Held {
  start: number;
  end: number;
  codec: Codec;
}

function readTag(tag: string, offset: number): { names: string[]; held: Held | null; isPassword: boolean } {
  const names: string[] = [];
  let held: Held | null = null;
  let isPassword = false;
  for (const match of tag.matchAll(ATTRIBUTE)) {
    const [whole, name = '', slashes = ''] = match;
    const value = match[3] ?? match[4] ?? '';
    const attribute = name.toLowerCase();
    if (NAMING.has(attribute)) names.push(decodeEntities(value));
    if (attribute === 'type' && value.toLowerCase() === 'password') isPassword = true;
    if (HOLDING.has(attribute) && value !== '') {
      const start = offset + match.index + whole.lastIndexOf(value);
      held = { start, end: start + value.length, codec: slashes === '' ? entityCodec : escapedJsonCodec(0) };
    }
  }
  return { names, held, isPassword };
}

function elementText(text: string, from: number): Held | null {
  const cdata = text.startsWith('<![CDATA[', from);
  const start = cdata ? from + 9 : from;
  const length = text.slice(start, start + TAG_MAX).indexOf(cdata ? ']]>' : '<');
  return length <= 0 ? null : { start, end: start + length, codec: cdata ? plainCodec : entityCodec };
}

/** Secrets that markup names: `<input name=… value=…>`, `<meta name=… content=…>`, `<Password>…</Password>`. */
export function findMarkup(text: string, spans: Span[]): void {
  const take = (held: Held, name: string, always: boolean): void => {
    const value = held.codec.decode(text.slice(held.start, held.end)).trim();
    const named = classifyName(name) ?? (always ? classifyName('password') : null);
    if (named !== null && acceptsValue(named, value, always)) {
      spans.push({ ...held, secret: { value, type: named.type, strong: true } });
    }
  };
  let close = -1;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const first = text.charCodeAt(at + 1) | 32;
    if (first < 97 || first > 122) continue;
    if (close < at) close = text.indexOf('>', at);
    if (close === -1) return;
    if (close - at > TAG_MAX) continue;
    const tagName = /^[\p{L}\w:.-]+/u.exec(text.slice(at + 1, Math.min(close, at + 97)))?.[0] ?? '';
    if (close > at + tagName.length + 2) {
      const tag = text.slice(at, close);
      if (tag.includes('value') || tag.includes('content')) {
        const { names, held, isPassword } = readTag(tag, at);
        if (held !== null) {
          const name = names.find((candidate) => classifyName(candidate) !== null);
          if (name !== undefined || isPassword) take(held, name ?? '', isPassword);
        }
      }
      const key = /^(?:string|entry|add|item|property)$/i.test(tagName) ? readTag(tag, at).names[0] : undefined;
      const inner = key === undefined ? null : elementText(text, close + 1);
      if (key !== undefined && inner !== null) take(inner, key, false);
    }
    const local = tagName.slice(tagName.lastIndexOf(':') + 1);
    if (local !== '' && classifyName(local) !== null) {
      const inner = elementText(text, close + 1);
      if (inner !== null) take(inner, local, false);
    }
  }
}
