import { acceptsValue } from './accept-value.ts';
import { classifyName, classifyPersonName, type NameClass } from './classify-name.ts';
import { base64Codec, base64UrlCodec, decodeBase64Text, decodeJsonString, jsonCodec, plainCodec } from './codecs.ts';
import { isPlaceholder } from './placeholders.ts';
import type { Codec, Span } from './span.ts';
import type { ScanNested } from './scan-pairs.ts';
import { isRandomLooking } from './value-shape.ts';

const NAME_KEYS = new Set([
  'key',
  'name',
  'header',
  'headername',
  'field',
  'param',
  'parameter',
  'id',
  'k',
  'attribute',
  'property',
]);
const VALUE_KEYS = new Set(['val', 'value', 'values', 'content', 'v', 'data', 'text']);
const HEADER_SCHEME = /^(?:bearer|basic|token|negotiate|digest|apikey)\s+/i;
const BASE64_TEXT = /^(?:ey[IJ]|W[3y]|PD9|PHN|ewog)[\w+/-]{20,}={0,2}$/;
const GRAPHQL_VARIABLE = /([A-Za-z_]\w{0,63})\s{0,4}:\s{0,4}\$([A-Za-z_]\w{0,63})/g;

interface Frame {
  isObject: boolean;
  /** Key under which the frame itself stands. */
  name: string;
  inherited: NameClass | null;
  key: string;
  expectsKey: boolean;
  named: string | null;
  held: { start: number; end: number; plain: string } | null;
}

/** GraphQL variables that a document passes to arguments with a secret's name (`login(password: $p)` makes `p` one). */
function graphqlNames(text: string): ReadonlyMap<string, NameClass> {
  const names = new Map<string, NameClass>();
  if (!text.includes('$') || !text.includes('variables')) return names;
  for (const [, argument = '', variable = ''] of text.matchAll(GRAPHQL_VARIABLE)) {
    const named = classifyName(argument);
    if (named !== null) names.set(variable, named);
  }
  return names;
}

function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    if (code === 92) at++;
  }
  return -1;
}

/**
 * Walks JSON, or what is left of it: several documents after one another, a cut end, a prefix against hijacking. Keys name
 * their values; `{"name": "Authorization", "value": …}` names its sibling; strings that hold JSON are walked as well.
 */
export function scanJson(text: string, sent: boolean, nested: ScanNested, spans: Span[]): void {
  const variables = graphqlNames(text);
  const stack: Frame[] = [];
  let frame: Frame | null = null;

  const nameOf = (current: Frame | null): NameClass | null => {
    if (current === null) return null;
    if (!current.isObject) return current.inherited;
    return (
      classifyName(current.key) ??
      variables.get(current.key) ??
      classifyPersonName(current.key, current.name, sent) ??
      current.inherited
    );
  };

  const open = (isObject: boolean): void => {
    const named = nameOf(frame);
    const name: string = frame === null ? '' : frame.isObject ? frame.key : frame.name;
    const passes = named !== null && (named.inherits || (!isObject && !named.byMaker && frame?.isObject === true));
    frame = {
      isObject,
      name,
      inherited: passes ? named : null,
      key: '',
      expectsKey: isObject,
      named: null,
      held: null,
    };
    stack.push(frame);
  };

  const close = (): void => {
    const closed = stack.pop();
    frame = stack.at(-1) ?? null;
    if (closed?.named == null || closed.held === null) return;
    const named = classifyName(closed.named);
    if (named === null) return;
    const { start, end, plain } = closed.held;
    const scheme = HEADER_SCHEME.exec(plain)?.[0].length ?? 0;
    if (acceptsValue(named, plain.slice(scheme), sent)) {
      const value = plain.slice(scheme);
      spans.push({ start: start + scheme, end, codec: jsonCodec, secret: { value, type: named.type, strong: true } });
    }
  };

  const take = (start: number, end: number, named: NameClass | null): void => {
    const written = text.slice(start, end);
    const plain = decodeJsonString(written);
    if (isPlaceholder(plain)) return;
    if (named !== null) {
      const scheme = plain === written ? (HEADER_SCHEME.exec(plain)?.[0].length ?? 0) : 0;
      if (acceptsValue(named, plain.slice(scheme), sent)) {
        const secret = { value: plain.slice(scheme), type: named.type, strong: true };
        spans.push({ start: start + scheme, end, codec: jsonCodec, secret });
        return;
      }
    }
    const inner = innerOf(plain, nested) ?? (named === null ? markupOf(plain, nested) : null);
    if (inner !== null) spans.push({ start, end, codec: chain(jsonCodec, inner.codec), inner: inner.spans });
  };

  const stringAt = (at: number): number => {
    const end = stringEnd(text, at + 1);
    if (end === -1) {
      if (frame !== null && !frame.expectsKey) take(at + 1, text.length, nameOf(frame));
      return text.length;
    }
    if (frame?.expectsKey === true) {
      frame.key = decodeJsonString(text.slice(at + 1, end));
      frame.expectsKey = false;
      return end + 1;
    }
    const key = frame?.isObject === true ? frame.key.toLowerCase() : '';
    if (frame !== null && end - at < 4096 && key !== '') {
      if (NAME_KEYS.has(key)) frame.named ??= decodeJsonString(text.slice(at + 1, end));
      else if (VALUE_KEYS.has(key))
        frame.held = { start: at + 1, end, plain: decodeJsonString(text.slice(at + 1, end)) };
    }
    take(at + 1, end, nameOf(frame));
    return end + 1;
  };

  const numberAt = (at: number): number => {
    let end = at + 1;
    while (end < text.length && /[\d.eE+-]/.test(text[end] ?? ' ')) end++;
    const named = frame?.expectsKey === true ? null : nameOf(frame);
    const value = text.slice(at, end);
    if (named?.numeric === true && /^-?\d+(?:\.\d+)?$/.test(value)) {
      const digits = value.startsWith('-') && !value.includes('.') ? value.slice(1) : value;
      if (acceptsValue(named, digits, sent)) {
        spans.push({
          start: end - digits.length,
          end,
          codec: numberCodec,
          secret: { value: digits, type: named.type, strong: true },
        });
      }
    }
    return end;
  };

  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = stringAt(at);
      continue;
    }
    if (code === 123 || code === 91) open(code === 123);
    else if (code === 125 || code === 93) close();
    else if (code === 44) {
      const current: Frame | null = stack.at(-1) ?? null;
      if (current !== null) current.expectsKey = current.isObject;
    } else if ((code >= 48 && code <= 57) || code === 45) {
      at = numberAt(at);
      continue;
    }
    at++;
  }
}

const numberCodec: Codec = {
  decode: (written) => written,
  encode: (plain) => (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(plain) ? plain : '0'),
};

const chain = (outer: Codec, inner: Codec): Codec => ({
  decode: (written) => inner.decode(outer.decode(written)),
  encode: (plain) => outer.encode(inner.encode(plain)),
});

/** Markup in a string is read by itself, so that no tag reaches over the end of the string. */
function markupOf(plain: string, nested: ScanNested): { codec: Codec; spans: Span[] } | null {
  const open = plain.indexOf('<');
  if (open === -1 || plain.indexOf('>', open) === -1) return null;
  const spans = nested(plain);
  return spans.length === 0 ? null : { codec: plainCodec, spans };
}

/** Secrets of a string that is a document of its own: JSON, or JSON or XML in base64. */
function innerOf(plain: string, nested: ScanNested): { codec: Codec; spans: Span[] } | null {
  const first = plain.charCodeAt(0);
  if ((first === 123 || first === 91) && plain.includes('"')) {
    const spans = nested(plain);
    return spans.length === 0 ? null : { codec: plainCodec, spans };
  }
  if (plain.length < 24 || !BASE64_TEXT.test(plain) || !isRandomLooking(plain, 24)) return null;
  const text = decodeBase64Text(plain);
  if (text === null || !/^[{[<]/.test(text)) return null;
  const spans = nested(text);
  return spans.length === 0 ? null : { codec: /[-_]/.test(plain) ? base64UrlCodec : base64Codec, spans };
}
